package dev.muster.outlook.management;

import dev.muster.catalog.Store;
import dev.muster.catalog.figures.Actions;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Criticality;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.outlook.forecast.Foreseen;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says how an estate stands, from the catalog alone: a few questions, however many systems there are. */
public final class Management {
    private static final int MONTHS = 12;

    /** What is not declared comes last, and of what is as critical the worst first. */
    private static final Comparator<ProcessProof> ORDER = Comparator.comparing(
                    (ProcessProof proof) -> proof.criticality().isEmpty())
            .thenComparing(proof -> proof.criticality().orElse(Criticality.LOW), Comparator.reverseOrder())
            .thenComparing(ProcessProof::state)
            .thenComparing(ProcessProof::system)
            .thenComparing(proof -> proof.process().orElse(""));

    private final Figures figures;
    private final Standings standings;
    private final Slots slots;
    private final Actions actions;
    private final Foreseen foreseen;

    public Management(Store catalog) {
        this.figures = new Figures(catalog);
        this.standings = new Standings(figures);
        this.slots = new Slots(catalog);
        this.actions = new Actions(catalog);
        this.foreseen = new Foreseen(figures);
    }

    /**
     * How everything stood at a moment; what came later does not count.
     *
     * @param runbooks those of today
     * @param zone the zone whose months and days are meant
     */
    public ManagementView view(List<Runbook> runbooks, Instant at, ZoneId zone) {
        YearMonth last = YearMonth.from(at.minusNanos(1).atZone(zone));
        YearMonth first = last.minusMonths(MONTHS - 1L);
        Instant from = first.atDay(1).atStartOfDay(zone).toInstant();
        List<DrillFigures> drills = figures.since(from).stream()
                .filter(drill -> drill.outcome().ended().isBefore(at))
                .sorted(Comparator.comparing(
                                (DrillFigures drill) -> drill.outcome().ended())
                        .thenComparing(drill -> drill.outcome().drill()))
                .toList();
        List<Standing> all = standings.all(runbooks, at);
        List<Standing> watched =
                all.stream().filter(standing -> !standing.runbooks().isEmpty()).toList();
        Set<String> systems = watched.stream().map(Standing::system).collect(Collectors.toSet());
        return new ManagementView(
                from,
                at,
                processes(watched, drills, at),
                all.stream()
                        .filter(standing -> standing.runbooks().isEmpty())
                        .map(Standing::system)
                        .toList(),
                months(first, drills, slots.withoutDrill(from, at), zone),
                Breach.of(
                        foreseen.of(watched, at).values().stream()
                                .flatMap(List::stream)
                                .toList(),
                        systems),
                OpenActions.of(actions.all(), at, zone),
                drills.stream().map(DrillFigures::outcome).map(PastDrill::of).toList());
    }

    private List<ProcessProof> processes(List<Standing> standings, List<DrillFigures> drills, Instant at) {
        Map<String, Measured> measured = measured(standings, drills);
        Map<String, List<DrillFigures>> bySystem = drills.stream()
                .collect(Collectors.groupingBy(drill -> drill.outcome().system()));
        return standings.stream()
                .flatMap(standing -> new Proofs(
                                standing, measured, bySystem.getOrDefault(standing.system(), List.of()), at)
                        .all().stream())
                .sorted(ORDER)
                .toList();
    }

    private Map<String, Measured> measured(List<Standing> standings, List<DrillFigures> drills) {
        Map<String, Measured> measured = new HashMap<>();
        drills.forEach(drill -> measured.put(drill.outcome().drill(), drill.measured()));
        List<String> older = standings.stream()
                .flatMap(standing -> standing.outcomes().stream())
                .map(Outcome::drill)
                .filter(drill -> !measured.containsKey(drill))
                .toList();
        measured.putAll(figures.measured(older));
        return measured;
    }

    static Map<YearMonth, PeriodFigures> months(
            YearMonth first, List<DrillFigures> drills, List<Slot> slots, ZoneId zone) {
        Map<YearMonth, PeriodFigures> months = new LinkedHashMap<>();
        for (int month = 0; month < MONTHS; month++) {
            months.put(first.plusMonths(month), PeriodFigures.NONE);
        }
        drills.forEach(drill -> months.merge(
                YearMonth.from(drill.outcome().ended().atZone(zone)), PeriodFigures.of(drill), PeriodFigures::plus));
        slots.forEach(slot ->
                months.merge(YearMonth.from(slot.due().atZone(zone)), PeriodFigures.of(slot), PeriodFigures::plus));
        return months;
    }
}
