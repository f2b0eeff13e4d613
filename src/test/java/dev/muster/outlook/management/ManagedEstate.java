package dev.muster.outlook.management;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Action;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Criticality;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Figure;
import dev.muster.drill.Forecast;
import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Systems with a past, in a catalog: processes promise fifteen minutes and two hours. */
public final class ManagedEstate {
    public static final String SHA256 = "a".repeat(64);

    private static final Duration RPO = Duration.ofMinutes(15);
    private static final Duration RTO = Duration.ofHours(2);

    private final Catalog catalog;
    private final Figures figures;

    public ManagedEstate(Catalog catalog) {
        this.catalog = catalog;
        this.figures = new Figures(catalog);
    }

    /** A runbook of this name and system, every so often. */
    public static Runbook runbook(
            String system, Optional<Criticality> criticality, Optional<Duration> every, String... processes) {
        Map<String, BusinessProcess> all = new LinkedHashMap<>();
        for (String process : processes) {
            all.put(process, new BusinessProcess(process, new Objectives(RPO, RTO), Optional.empty(), List.of()));
        }
        Governance none = Governance.NOT_DECLARED;
        return new Runbook(
                system + "-monthly",
                "Monthly restore of " + system,
                system,
                "platform-team",
                Scenario.REGIONAL_LOSS,
                Optional.empty(),
                new Objectives(RPO, RTO),
                all,
                Map.of(),
                new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(2), OptionalLong.empty()),
                Map.of(),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                new Governance(
                        criticality,
                        none.covers(),
                        none.exclusions(),
                        none.assumptions(),
                        none.classification(),
                        none.retain(),
                        none.planner(),
                        none.reviewer(),
                        none.approved(),
                        every,
                        false,
                        none.expected()),
                Optional.empty(),
                system + ".yaml",
                SHA256,
                Optional.empty());
    }

    /** What a process measured; what is null was not. */
    public static ProcessFigures measured(Optional<Duration> rpo, Optional<Duration> rto) {
        return new ProcessFigures(
                new Figure(Optional.of(RPO), rpo, "the disaster instant minus the proven point", Map.of()),
                new Figure(Optional.of(RTO), rto, "from the disaster instant to the last check", Map.of()));
    }

    /** Within both targets. */
    public static ProcessFigures met() {
        return measured(Optional.of(Duration.ofMinutes(4)), Optional.of(Duration.ofMinutes(50)));
    }

    public static ProcessFigures notMeasured() {
        return measured(Optional.empty(), Optional.empty());
    }

    /** A drill with the same figures for the whole system and each process. */
    public void drill(String system, Instant ended, Verdict verdict, ProcessFigures measured, List<String> processes) {
        Map<String, ProcessFigures> all = new LinkedHashMap<>();
        processes.forEach(process -> all.put(process, measured));
        String id = system + "-" + ended.toString().substring(0, 16).replace(':', '-');
        Outcome outcome = new Outcome(
                id,
                system + "-monthly",
                system,
                ended,
                verdict,
                measured.rpo().achieved(),
                measured.rto().achieved(),
                Optional.of(SHA256));
        catalog.remember(new DrillSummary(
                id,
                outcome.runbook(),
                system,
                ended.minusSeconds(3000),
                Optional.of(ended.minusSeconds(3000)),
                Optional.of(ended),
                Optional.of(verdict),
                ended.minusSeconds(3000),
                outcome.rpo(),
                outcome.rto(),
                "",
                Optional.empty()));
        figures.remember(new DrillFigures(
                outcome,
                new Measured(Optional.of(measured), all),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty(),
                ended,
                verdict == Verdict.PASSED ? 3 : 2,
                verdict == Verdict.PASSED ? 3 : verdict == Verdict.FAILED ? 1 : 0,
                Map.of(),
                OptionalDouble.empty()));
    }

    /** As if nothing had ever been. */
    public void forget() {
        catalog.together(handle -> {
            for (String table :
                    List.of("drill_action", "drill_process", "drill_stage", "drill", "slot", "watched_runbook")) {
                handle.execute("delete from " + table);
            }
            return 0;
        });
    }

    /** The view of an estate that has half of its processes proven and an open action of each age. */
    public static ManagementView view(Instant asAt, int processes) {
        List<ProcessProof> all = new ArrayList<>();
        for (int number = 0; number < processes; number++) {
            boolean proven = number % 2 == 0;
            PastDrill drill = new PastDrill(
                    "erp-" + number,
                    "erp-monthly",
                    "erp-" + number,
                    asAt.minus(Duration.ofDays(proven ? 9 : 94)),
                    Verdict.PASSED);
            all.add(new ProcessProof(
                    drill.system(),
                    Optional.of("order-capture-" + number),
                    Optional.of(Criticality.HIGH),
                    new Objectives(RPO, RTO),
                    Optional.of(Duration.ofDays(30)),
                    proven ? ProcessProof.State.PROVEN : ProcessProof.State.OVERDUE,
                    Optional.of(new ProcessProof.Proof(drill, met())),
                    Optional.of(drill.ended()),
                    Optional.empty(),
                    Optional.of(drill)));
        }
        Map<YearMonth, PeriodFigures> months = new LinkedHashMap<>();
        YearMonth first = YearMonth.from(asAt.atZone(ZoneOffset.UTC)).minusMonths(11);
        for (int number = 0; number < 12; number++) {
            int passed = number % 4 == 3 ? 0 : 3 + number % 2;
            int failed = number % 5 == 2 ? 1 : 0;
            months.put(
                    first.plusMonths(number),
                    new PeriodFigures(
                            new Restores(passed, failed, number % 6 == 4 ? 1 : 0, 0, number == 7 ? 2 : 0, 0),
                            new Share(3 * passed, 3 * (passed + failed)),
                            new Attainment(passed, failed, number % 6 == 4 ? 1 : 0),
                            new Attainment(passed, 0, failed + (number % 6 == 4 ? 1 : 0))));
        }
        List<Action> actions = new ArrayList<>();
        for (int age : List.of(5, 40, 70, 100, 120)) {
            actions.add(new Action(
                    "erp-" + age,
                    "erp",
                    "1",
                    "Write the filestore's digest beside each archive before it is sent away, and check it on the way back",
                    Optional.of("platform-team"),
                    asAt.minus(Duration.ofDays(age)),
                    Optional.of(LocalDate.ofInstant(asAt, ZoneOffset.UTC).plusDays(60 - age)),
                    Optional.empty()));
        }
        return new ManagementView(
                first.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                asAt,
                all,
                List.of(),
                months,
                Breach.of(List.of(), Set.of("erp")),
                OpenActions.of(actions, asAt, ZoneOffset.UTC),
                all.stream().flatMap(one -> one.last().stream()).toList());
    }

    /** The same with the longest names and words of everything that may stand on a page. */
    public static ManagementView worst(Instant asAt) {
        ManagementView view = view(asAt, 0);
        String name = "reconciliation-of-".repeat(10);
        List<ProcessProof> all = new ArrayList<>();
        for (ProcessProof.State state : ProcessProof.State.values()) {
            for (int number = 0; number < 8; number++) {
                PastDrill drill = new PastDrill(name, name, name, asAt.minus(Duration.ofDays(4000)), Verdict.PASSED);
                all.add(new ProcessProof(
                        name,
                        Optional.of(name + number),
                        Optional.empty(),
                        new Objectives(Duration.ofSeconds(100_000), Duration.ofSeconds(100_000)),
                        Optional.of(Duration.ofSeconds(100_000)),
                        state,
                        Optional.of(new ProcessProof.Proof(drill, met())),
                        Optional.of(drill.ended()),
                        Optional.of(drill),
                        Optional.of(drill)));
            }
        }
        Forecast forecast = new Forecast(
                name,
                Optional.of(name),
                Forecast.Of.RTO,
                Optional.empty(),
                asAt,
                RTO,
                RTO,
                RTO,
                Optional.of(RTO),
                Optional.of(asAt),
                12,
                name);
        List<Action> actions = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            actions.add(new Action(
                    name,
                    name,
                    "1",
                    name.repeat(3),
                    Optional.of(name),
                    asAt.minus(Duration.ofDays(4000)),
                    Optional.of(LocalDate.parse("2020-01-01")),
                    Optional.empty()));
        }
        Set<String> systems = Set.of(name, "another");
        return new ManagementView(
                view.from(),
                asAt,
                all,
                List.of(name),
                view.months(),
                Breach.of(List.of(forecast), systems),
                OpenActions.of(actions, asAt, ZoneOffset.UTC),
                view.drills());
    }

    /** A slot in which no drill ran. */
    public void slot(String system, Instant due, Slot.State state) {
        Slots slots = new Slots(catalog);
        Watched watched = new Watched(system + "-monthly", system, due, "", due);
        slots.watch(watched);
        Watched before =
                Optional.ofNullable(slots.watched().get(watched.runbook())).orElseThrow();
        slots.sketch(
                before,
                before,
                Optional.empty(),
                List.of(new PlannedSlot(watched.runbook(), system, due, due, Optional.empty())),
                due);
        slots.end(
                new Slot(watched.runbook(), system, due, state, Optional.of("nobody was there"), Optional.empty()),
                false,
                due);
    }
}
