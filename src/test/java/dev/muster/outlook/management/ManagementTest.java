package dev.muster.outlook.management;

import static dev.muster.outlook.management.ManagedEstate.met;
import static dev.muster.outlook.management.ManagedEstate.notMeasured;
import static dev.muster.outlook.management.ManagedEstate.runbook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Action;
import dev.muster.catalog.figures.Actions;
import dev.muster.drill.Criticality;
import dev.muster.drill.Forecast;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import dev.muster.evidence.management.ManagementModel;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.evidence.report.Presentation;
import dev.muster.outlook.management.ProcessProof.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management view says is what its drills come to, and what nobody knows is never proven. */
class ManagementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    private static final Optional<Duration> MONTHLY = Optional.of(Duration.ofDays(30));

    @TempDir
    static Path folder;

    private static Catalog catalog;
    private static ManagedEstate estate;

    private final List<Runbook> runbooks = new ArrayList<>();

    @BeforeAll
    static void opens() {
        catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
        estate = new ManagedEstate(catalog);
    }

    @AfterAll
    static void closes() {
        catalog.close();
    }

    @BeforeEach
    void forgets() {
        estate.forget();
    }

    private ManagementView view() {
        return view(NOW, ZoneOffset.UTC);
    }

    private ManagementView view(Instant at, ZoneId zone) {
        return new Management(catalog).view(runbooks, at, zone);
    }

    private static Instant daysAgo(long days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private void passed(String system, Instant at, String... processes) {
        estate.drill(system, at, Verdict.PASSED, met(), List.of(processes));
    }

    private static ProcessProof of(ManagementView view, String process) {
        return view.processes().stream()
                .filter(one -> one.process().equals(Optional.of(process)))
                .findFirst()
                .orElseThrow();
    }

    private static PeriodFigures month(ManagementView view, String month) {
        return view.months().getOrDefault(YearMonth.parse(month), PeriodFigures.NONE);
    }

    private static Map<String, Object> model(ManagementView view) {
        return ManagementModel.of(view, new LocalWriting(Presentation.USUAL));
    }

    private static String headline(ManagementView view) {
        return String.valueOf(model(view).get("headline"));
    }

    private static String sentence(ManagementView view, String name) {
        return ((List<?>) model(view).getOrDefault("exposed", List.of()))
                .stream()
                        .map(row -> (Map<?, ?>) row)
                        .filter(row -> name.equals(row.get("name")))
                        .map(row -> String.valueOf(row.get("sentence")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void an_empty_catalog_proves_nothing_and_counts_nothing() {
        ManagementView empty = view();

        assertThat(headline(empty))
                .isEqualTo("Nothing is proven recoverable: no runbook names a business process or a system.");
        assertThat(empty.months()).hasSize(12);
        assertThat(empty.year().restores().rate().rate()).isEmpty();
        assertThat(empty.breach().tooLittleHistory()).isTrue();
        assertThat(model(empty).getOrDefault("basis", "").toString())
                .startsWith("No drill has come to a verdict since 2025-12-01");
    }

    @Test
    void a_process_that_the_newest_drill_did_not_measure_stands_by_an_older_one() {
        runbooks.add(runbook("erp", Optional.of(Criticality.CRITICAL), MONTHLY, "order-capture", "payroll"));
        passed("erp", daysAgo(20), "order-capture", "payroll");
        passed("erp", daysAgo(10), "order-capture");

        ProcessProof payroll = of(view(), "payroll");
        assertThat(payroll.state()).isEqualTo(of(view(), "order-capture").state());
        assertThat(payroll.proof().orElseThrow().drill().ended()).isEqualTo(daysAgo(20));
    }

    @Test
    void each_process_stands_as_its_newest_proof_lets_it() {
        runbooks.add(runbook("erp", Optional.of(Criticality.CRITICAL), MONTHLY, "order-capture", "payroll"));
        runbooks.add(runbook("shop", Optional.of(Criticality.HIGH), MONTHLY, "checkout"));
        runbooks.add(runbook("crm", Optional.of(Criticality.LOW), MONTHLY, "contacts"));
        runbooks.add(runbook("wiki", Optional.empty(), Optional.empty(), "pages"));
        runbooks.add(runbook("ledger", Optional.empty(), MONTHLY));
        passed("erp", daysAgo(3), "order-capture");
        passed("shop", daysAgo(94), "checkout");
        estate.drill("shop", daysAgo(2), Verdict.COULD_NOT_RUN, notMeasured(), List.of("checkout"));
        passed("crm", daysAgo(10), "contacts");
        estate.drill("crm", daysAgo(1), Verdict.FAILED, met(), List.of("contacts"));
        passed("wiki", daysAgo(40), "pages");
        passed("ledger", daysAgo(5));

        ManagementView view = view();

        assertThat(view.processes())
                .extracting(one -> one.process().orElse(one.system()), ProcessProof::state)
                .containsExactly(
                        tuple("payroll", State.NEVER_PROVEN),
                        tuple("order-capture", State.PROVEN),
                        tuple("checkout", State.OVERDUE),
                        tuple("contacts", State.FAILED_SINCE),
                        tuple("pages", State.NO_PROMISE),
                        tuple("ledger", State.PROVEN));
        assertThat(headline(view))
                .isEqualTo("2 of 6 business processes are proven recoverable within their targets; 1 failed since, 1 is"
                        + " overdue, 1 has never been proven and 1 was proven without a promise how often.");
        assertThat(sentence(view, "Payroll"))
                .isEqualTo("The last drill passed 3 days ago, but did not show Payroll within its targets. Nobody knows"
                        + " whether it would come back at all, let alone within 2 h.");
        assertThat(sentence(view, "Checkout"))
                .isEqualTo("Checkout was last restored 94 days ago; promised every 30 days. The last drill, 2 days ago,"
                        + " could not run. Until it is proven again, nobody knows whether all but the last 15 min of its"
                        + " work would survive.");
        assertThat(sentence(view, "Contacts"))
                .isEqualTo("Contacts was last restored 10 days ago; a drill a day ago failed. Until one passes again,"
                        + " nobody can count on having it back within 2 h.");
    }

    @Test
    void a_figure_that_was_not_measured_or_missed_proves_nothing() {
        runbooks.add(runbook("erp", Optional.empty(), MONTHLY, "orders"));
        estate.drill(
                "erp",
                daysAgo(1),
                Verdict.PASSED,
                ManagedEstate.measured(Optional.of(Duration.ofMinutes(1)), Optional.empty()),
                List.of("orders"));
        assertThat(of(view(), "orders").state()).isEqualTo(State.NEVER_PROVEN);

        estate.drill(
                "erp",
                NOW.minusSeconds(60),
                Verdict.PASSED,
                ManagedEstate.measured(Optional.of(Duration.ofMinutes(16)), Optional.of(Duration.ofHours(1))),
                List.of("orders"));
        assertThat(of(view(), "orders").state()).isEqualTo(State.NEVER_PROVEN);
    }

    @Test
    void a_runbook_that_changed_takes_the_proof_away() {
        Runbook changed = runbook("erp", Optional.empty(), MONTHLY, "orders");
        passed("erp", daysAgo(1), "orders");
        runbooks.add(new Runbook(
                changed.name(),
                changed.title(),
                changed.system(),
                changed.owner(),
                changed.scenario(),
                changed.schedule(),
                changed.objectives(),
                changed.processes(),
                changed.backups(),
                changed.scratch(),
                changed.deadlines(),
                changed.steps(),
                changed.baseline(),
                changed.leastDetected(),
                changed.governance(),
                Optional.empty(),
                changed.file(),
                "b".repeat(64),
                Optional.empty()));

        assertThat(of(view(), "orders").state()).isEqualTo(State.NOT_PROVEN_SINCE_CHANGE);
    }

    @Test
    void a_system_that_no_runbook_drills_any_more_is_named_and_not_counted() {
        passed("old", daysAgo(3), "orders");

        assertThat(view().processes()).isEmpty();
        assertThat(view().withoutRunbook()).containsExactly("old");
    }

    @Test
    void proof_is_unbroken_since_the_drill_after_the_last_gap_or_failure() {
        runbooks.add(runbook("erp", Optional.empty(), MONTHLY, "orders"));
        for (int days : List.of(200, 170, 130, 101, 75, 50, 21)) {
            passed("erp", daysAgo(days), "orders");
        }
        assertThat(of(view(), "orders").unbrokenSince()).contains(daysAgo(130));

        estate.drill("erp", daysAgo(80), Verdict.FAILED, met(), List.of("orders"));
        assertThat(of(view(), "orders").unbrokenSince()).contains(daysAgo(75));
    }

    @Test
    void twelve_months_count_every_drill_and_slot_where_it_belongs() {
        runbooks.add(runbook("erp", Optional.empty(), MONTHLY, "orders"));
        passed("erp", Instant.parse("2025-11-30T23:59:59Z"), "orders");
        passed("erp", Instant.parse("2025-12-01T00:00:00Z"), "orders");
        passed("erp", Instant.parse("2026-02-28T23:59:59Z"), "orders");
        estate.drill("erp", Instant.parse("2026-03-01T00:00:00Z"), Verdict.FAILED, notMeasured(), List.of("orders"));
        estate.drill(
                "erp", Instant.parse("2026-03-02T00:00:00Z"), Verdict.COULD_NOT_RUN, notMeasured(), List.of("orders"));
        estate.drill(
                "erp",
                Instant.parse("2026-03-03T00:00:00Z"),
                Verdict.FAILED,
                ManagedEstate.measured(Optional.of(Duration.ofMinutes(20)), Optional.of(Duration.ofHours(1))),
                List.of("orders"));
        estate.drill("erp", Instant.parse("2026-03-04T00:00:00Z"), Verdict.ABORTED, notMeasured(), List.of("orders"));
        passed("erp", NOW, "orders");
        estate.slot("erp", Instant.parse("2026-03-10T03:00:00Z"), Slot.State.MISSED);
        estate.slot("erp", Instant.parse("2026-03-11T03:00:00Z"), Slot.State.FORBIDDEN);
        estate.slot("erp", Instant.parse("2025-11-10T03:00:00Z"), Slot.State.MISSED);

        ManagementView view = view();

        assertThat(view.months().keySet()).first().isEqualTo(YearMonth.parse("2025-12"));
        assertThat(view.months().keySet()).last().isEqualTo(YearMonth.parse("2026-11"));
        PeriodFigures march = month(view, "2026-03");
        assertThat(march.restores()).isEqualTo(new Restores(0, 2, 1, 1, 1, 1));
        assertThat(march.backups()).isEqualTo(new Share(2, 8));
        assertThat(march.rpo()).isEqualTo(new Attainment(0, 1, 3));
        assertThat(march.rto()).isEqualTo(new Attainment(1, 0, 3));
        PeriodFigures year = view.year();
        assertThat(year.restores()).isEqualTo(new Restores(2, 2, 1, 1, 1, 1));
        assertThat(year.restores().rate()).isEqualTo(new Share(2, 6));
        assertThat(year.restores().rate().rate().orElseThrow()).isEqualByComparingTo("0.3333");
        assertThat(year.backups()).isEqualTo(new Share(8, 14));
        assertThat(month(view, "2026-04").restores().rate().rate()).isEmpty();
        assertThat(view.drills()).hasSize(6);
    }

    @Test
    void months_are_those_of_the_zone() {
        runbooks.add(runbook("erp", Optional.empty(), MONTHLY, "orders"));
        passed("erp", Instant.parse("2026-02-28T23:30:00Z"), "orders");

        assertThat(month(view(NOW, ZoneId.of("Europe/Berlin")), "2026-03")
                        .restores()
                        .passed())
                .isEqualTo(1);
        assertThat(month(view(NOW, ZoneId.of("America/New_York")), "2026-02")
                        .restores()
                        .passed())
                .isEqualTo(1);
        ManagementView leap = view(Instant.parse("2028-02-29T12:00:00Z"), ZoneOffset.UTC);
        assertThat(leap.from()).isEqualTo("2027-03-01T00:00:00Z");
        assertThat(view(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC)
                        .months()
                        .keySet())
                .last()
                .isEqualTo(YearMonth.parse("2026-11"));
    }

    @Test
    void actions_that_were_open_then_stand_by_age_and_those_past_their_day_are_overdue() {
        passed("erp", daysAgo(100), "orders");
        String drill = view().drills().get(0).drill();
        new Actions(catalog)
                .remember(
                        drill,
                        List.of(
                                action(drill, "1", daysAgo(31), Optional.of("2026-11-21"), Optional.empty()),
                                action(drill, "2", daysAgo(30), Optional.of("2026-11-20"), Optional.empty()),
                                action(drill, "3", daysAgo(91), Optional.empty(), Optional.empty()),
                                action(drill, "4", daysAgo(90), Optional.empty(), Optional.of(daysAgo(2))),
                                action(drill, "5", daysAgo(1), Optional.of("2026-01-01"), Optional.empty())));

        OpenActions now = view().actions();
        assertThat(ids(now.open())).containsExactly("3", "1", "2", "5");
        assertThat(ids(now.of(OpenAction.Age.UP_TO_30_DAYS))).containsExactly("2", "5");
        assertThat(ids(now.of(OpenAction.Age.UP_TO_90_DAYS))).containsExactly("1");
        assertThat(ids(now.of(OpenAction.Age.OVER_90_DAYS))).containsExactly("3");
        assertThat(ids(now.overdue())).containsExactly("5", "2");
        assertThat(ids(view(daysAgo(3), ZoneOffset.UTC).actions().open())).containsExactly("3", "4", "1", "2");
        // On the other side of the date line the day of the first one is over.
        assertThat(ids(view(NOW, ZoneId.of("Pacific/Kiritimati")).actions().overdue()))
                .containsExactly("5", "2");
        assertThat(ids(view(NOW.plus(Duration.ofHours(1)), ZoneId.of("Pacific/Kiritimati"))
                        .actions()
                        .overdue()))
                .containsExactly("5", "2", "1");
    }

    private static Action action(
            String drill, String id, Instant opened, Optional<String> due, Optional<Instant> closed) {
        return new Action(
                drill, "erp", id, "Check digests", Optional.of("ops"), opened, due.map(LocalDate::parse), closed);
    }

    private static List<String> ids(List<OpenAction> actions) {
        return actions.stream().map(OpenAction::id).toList();
    }

    @Test
    void the_first_breach_is_named_and_none_seen_is_not_too_little_history() {
        Forecast later = forecast("erp", Optional.of("order-capture"), Optional.of("2027-03-01T00:00:00Z"));
        Forecast sooner = forecast("shop", Optional.empty(), Optional.of("2027-01-15T00:00:00Z"));
        Forecast none = forecast("erp", Optional.empty(), Optional.empty());
        Forecast retired = forecast("old", Optional.empty(), Optional.of("2026-12-01T00:00:00Z"));
        Set<String> systems = Set.of("erp", "shop", "crm");

        assertThat(breach(Breach.of(List.of(later, retired, sooner, none), systems)))
                .isEqualTo("The recovery time of the whole system (shop) is expected to miss its target of 2 h from"
                        + " 2027-01-15 on. Of 1 of 3 systems there is too little history to say.");
        assertThat(breach(Breach.of(List.of(later), Set.of("erp"))))
                .isEqualTo("The recovery time of Order capture (erp) is expected to miss its target of 2 h from"
                        + " 2027-03-01 on.");
        assertThat(breach(Breach.of(List.of(none), Set.of("erp")))).isEqualTo("None is seen.");
        assertThat(breach(Breach.of(List.of(retired), systems)))
                .isEqualTo("There is too little history to foresee anything.");
    }

    private static Forecast forecast(String system, Optional<String> process, Optional<String> breach) {
        return new Forecast(
                system,
                process,
                Forecast.Of.RTO,
                Optional.empty(),
                NOW,
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Optional.of(Duration.ofHours(2)),
                breach.map(Instant::parse),
                12,
                "a line through them");
    }

    private String breach(Breach breach) {
        ManagementView view = view();
        Map<?, ?> model = (Map<?, ?>) model(new ManagementView(
                        view.from(),
                        view.asAt(),
                        view.processes(),
                        view.withoutRunbook(),
                        view.months(),
                        breach,
                        view.actions(),
                        view.drills()))
                .getOrDefault("breach", Map.of());
        return String.valueOf(model.get("text"));
    }

    @Test
    void what_came_after_the_moment_does_not_count() {
        runbooks.add(runbook("erp", Optional.empty(), MONTHLY, "orders"));
        passed("erp", daysAgo(40), "orders");
        estate.drill("erp", daysAgo(20), Verdict.FAILED, met(), List.of("orders"));
        passed("erp", daysAgo(5), "orders");

        assertThat(of(view(), "orders").state()).isEqualTo(State.PROVEN);
        assertThat(of(view(daysAgo(10), ZoneOffset.UTC), "orders").state()).isEqualTo(State.FAILED_SINCE);
        assertThat(of(view(daysAgo(30), ZoneOffset.UTC), "orders").state()).isEqualTo(State.PROVEN);
        assertThat(of(view(daysAgo(50), ZoneOffset.UTC), "orders").state()).isEqualTo(State.NEVER_PROVEN);
    }
}
