package dev.muster.schedule.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.backup.Estate;
import dev.muster.catalog.Catalog;
import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Sample;
import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.Fleet;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.fleet.Rolls;
import dev.muster.outlook.fleet.FleetStanding;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.fleet.TenantStanding.State;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.schedule.fleet.SampleNote;
import dev.muster.schedule.fleet.Sampler;
import dev.muster.schedule.overdue.Overdue;
import dev.muster.schedule.overdue.Proven;
import dev.muster.schedule.slot.SlotKeeping;
import dev.muster.testing.TurnedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet and its slots, planned by two processes, with drills that end as a seeded die has it. */
class FleetYearTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
    private static final Period EACH = Period.ofMonths(6);
    private static final int TENANTS = 300;

    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(START);
    private final List<String> refusals = new ArrayList<>();
    private FleetFilling.Calling rolls = template -> Roll.of(List.of("alpha", "beta", "gamma"));
    private Catalog catalog;
    private Ledger ledger;
    private Slots slots;
    private Queue queue;
    private Fleets fleets;
    private RunbookFolder runbooks;
    private SlotKeeping keeping;
    private FleetFilling one;
    private FleetFilling other;

    @BeforeEach
    void open() throws Exception {
        String url = "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
        catalog = Catalog.hold(url, Optional.empty(), Optional.empty());
        ledger = Ledger.open(folder.resolve("ledger"), clock);
        slots = new Slots(catalog);
        queue = new Queue(catalog);
        fleets = new Fleets(catalog);
        runbooks = new RunbookFolder(folder.resolve("runbooks"));
        Path calendars = Files.createDirectories(folder.resolve("calendars"));
        Files.writeString(calendars.resolve("freeze.yaml"), """
                apiVersion: muster.dev/v1
                title: Nothing is drilled at the end of the year
                windows:
                  - { year: { from: "12-18", to: "01-06" } }
                """);
        CalendarFolder calendarFolder = new CalendarFolder(calendars);
        keeping = new SlotKeeping(runbooks.library(clock), calendarFolder, slots, ledger);
        one = filling(calendarFolder);
        other = filling(calendarFolder);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private FleetFilling filling(CalendarFolder calendars) {
        return new FleetFilling(
                template -> rolls.of(template),
                calendars,
                fleets,
                slots,
                queue,
                runbooks.library(clock),
                (drill, problem) -> {
                    ledger.append(EventKind.REFUSED, drill.drill(), Map.of("reason", problem.toString()));
                    refusals.add(drill.drill());
                },
                ledger,
                clock);
    }

    private Runbook template(String source, String further) throws Exception {
        Runbook template = runbooks.template("tenants", source, further, ", avoid: [freeze], missed: skip");
        keeping.look(START);
        return template;
    }

    @Test
    void a_year_of_three_hundred_tenants_drills_each_in_time() throws Exception {
        Runbook template = template("{ listing: { vault: primary, prefix: tenants/ } }", ", byRisk: 1");
        try (Estate estate = new Estate()) {
            for (int number = 0; number < TENANTS; number++) {
                estate.put("tenants/t" + number + "/db/dump", new byte[] {1}, "2026-11-20T00:00:00Z");
            }
            Roll roll = new Rolls(estate.vaults, Secret::new).of(template);
            assertThat(roll.tenants()).hasSize(TENANTS);
            rolls = asked -> roll;
        }
        Map<String, Instant> passed = new HashMap<>();
        Duration longest = Duration.ZERO;
        int most = 0;
        Random die = new Random(7);
        for (int day = 0; day < 366; day++) {
            clock.to(Instant.parse("2026-11-22T03:01:00Z").plus(Duration.ofDays(day)));
            if (outage(day)) {
                continue;
            }
            look(template);
            most = Math.max(most, queue.open().size());
            for (Map.Entry<String, Instant> pass : end(die).entrySet()) {
                Instant before = passed.getOrDefault(pass.getKey(), Instant.parse("2026-11-22T03:00:00Z"));
                longest = max(longest, Duration.between(before, pass.getValue()));
                assertThat(pass.getValue())
                        .as(pass.getKey())
                        .isBefore(before.atZone(ZoneOffset.UTC).plus(EACH).toInstant());
                passed.put(pass.getKey(), pass.getValue());
            }
        }
        Instant end = clock.instant();
        assertThat(passed)
                .hasSize(TENANTS)
                .allSatisfy((tenant, at) -> assertThat(end)
                        .isBefore(at.atZone(ZoneOffset.UTC).plus(EACH).toInstant()));
        assertThat(longest).isGreaterThan(Duration.ofDays(90));
        assertThat(most).as("no pile").isLessThan(9);

        List<Sample> samples = fleets.newest("tenants", 1000);
        Map<String, LedgerEvent> noted = sampled();
        assertThat(samples.size()).isBetween(310, 330);
        assertThat(noted).hasSameSizeAs(samples);
        for (Sample sample : samples) {
            assertThat(Sampler.differs(sample)).as(sample.id()).isEmpty();
            assertThat(noted)
                    .extractingByKey(sample.id())
                    .satisfies(event -> assertThat(event.details()).isEqualTo(SampleNote.of(sample)));
        }
        FleetStanding standing = new FleetStandings(fleets).of(template, end);
        assertThat(standing.count(State.PROVEN)).isGreaterThan(270);
        assertThat(standing.statement().drawn()).isGreaterThan(120);
        assertThat(standing.statement().restorable().orElseThrow()).isBetween(270, TENANTS);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Nobody is there for two weeks, for a night, and for ten days. */
    private static boolean outage(int day) {
        return (day >= 60 && day < 74) || day == 200 || (day >= 300 && day < 310);
    }

    @Test
    void the_same_basis_and_seed_choose_the_same_and_any_change_is_noticed() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 5, byLot: 3");
        rolls = asked ->
                Roll.of(IntStream.range(0, 50).mapToObj(number -> "t" + number).toList());
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        look(template);
        Sample sample = fleets.newest("tenants", 1).get(0);
        assertThat(Sampler.differs(sample)).isEmpty();
        assertThat(sample.choices()).extracting(Choice::kind).contains(Choice.Kind.LOT, Choice.Kind.RISK);

        List<Choice> others = new ArrayList<>(sample.choices());
        Choice first = others.get(0);
        others.set(0, new Choice("t49x", first.system(), first.kind(), first.weight(), first.drill()));
        assertThat(Sampler.differs(with(sample, sample.seed(), sample.basis(), others)))
                .isPresent();
        assertThat(Sampler.differs(with(sample, "0".repeat(64), sample.basis(), sample.choices())))
                .hasValueSatisfying(why -> assertThat(why).contains("seed"));
        assertThat(Sampler.differs(
                        with(sample, sample.seed(), sample.basis().replace("\"t7\"", "\"t7b\""), sample.choices())))
                .hasValueSatisfying(why -> assertThat(why).contains("digest"));
    }

    private static Sample with(Sample sample, String seed, String basis, List<Choice> choices) {
        return new Sample(
                sample.id(),
                sample.fleet(),
                sample.slot(),
                sample.made(),
                seed,
                sample.digest(),
                basis,
                sample.refused(),
                sample.duplicates(),
                sample.vanished(),
                choices,
                sample.problem());
    }

    @Test
    void the_drills_of_a_slot_carry_their_tenant_and_are_asked_for_once() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 9");
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        look(template);
        List<QueuedDrill> open = queue.open();
        assertThat(open)
                .extracting(QueuedDrill::system)
                .containsExactlyInAnyOrder("tenant-alpha", "tenant-beta", "tenant-gamma");
        Sample sample = fleets.newest("tenants", 1).get(0);
        assertThat(open).allSatisfy(drill -> {
            assertThat(drill.slot()).contains(Instant.parse("2026-11-22T03:00:00Z"));
            assertThat(drill.wish().overrides())
                    .containsEntry(Fleet.TENANT, drill.system().replace("tenant-", ""))
                    .hasEntrySatisfying(Fleet.SAMPLE, text -> assertThat(text).startsWith(sample.id()));
        });
        clock.to(clock.instant().plus(Duration.ofMinutes(5)));
        look(template);
        one.settleWhatWasLeft(clock.instant());
        assertThat(queue.open()).isEqualTo(open);
        assertThat(sampled()).hasSize(1);
    }

    @Test
    void a_slot_whose_planner_died_is_begun_by_somebody_else() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 9");
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        keeping.look(clock.instant());
        Slot slot = keeping.due(clock.instant()).get(0);
        Sampler.Plan plan = new Sampler(fleets, clock)
                .plan(template, slot.due(), rolls.of(template), new CalendarFolder(folder).calendars());
        assertThat(fleets.keep(slots, slot, plan.sample(), plan.come(), clock.instant()))
                .isTrue();

        one.settleWhatWasLeft(clock.instant());
        assertThat(queue.open()).isEmpty();
        clock.to(clock.instant().plus(Duration.ofMinutes(2)));
        one.settleWhatWasLeft(clock.instant());
        other.settleWhatWasLeft(clock.instant());
        assertThat(queue.open()).hasSize(3);
        assertThat(sampled()).hasSize(1);
    }

    @Test
    void a_slot_whose_tenants_nobody_can_name_is_refused_and_no_empty_fleet() throws Exception {
        Runbook template = template("{ list: [x] }", "");
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        look(template);
        queue.open().forEach(drill -> end(drill, Verdict.PASSED));
        rolls = asked -> {
            throw new CouldNotRun(new Problem("The vault does not answer", "primary", "Look there."));
        };
        clock.days(1);
        look(template);
        Sample failed = fleets.newest("tenants", 1).get(0);
        assertThat(refusals).containsExactly(failed.id());
        assertThat(failed.problem())
                .hasValueSatisfying(why -> assertThat(why.what()).contains("does not answer"));
        assertThat(fleets.members("tenants", tenant -> tenant).values())
                .hasSize(3)
                .allSatisfy(member -> assertThat(member.gone()).isEmpty());
        assertThat(slots.between(START, clock.instant()).stream()
                        .filter(slot -> slot.drill().equals(Optional.of(failed.id()))))
                .hasSize(1);
    }

    @Test
    void who_vanishes_is_said_and_who_comes_back_is_new() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 9");
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        look(template);
        queue.open().forEach(drill -> end(drill, Verdict.PASSED));
        assertThat(states(template)).containsOnlyKeys(State.PROVEN);

        rolls = asked -> Roll.of(List.of("alpha", "gamma", "../x", "gamma"));
        clock.days(1);
        look(template);
        assertThat(states(template).get(State.VANISHED)).containsExactly("beta");
        Sample sample = fleets.newest("tenants", 1).get(0);
        assertThat(sample.vanished()).containsExactly("beta");
        assertThat(sample.refused()).containsExactly("\"../x\"");
        assertThat(sample.duplicates()).isEqualTo(1);
        assertThat(sampled())
                .extractingByKey(sample.id())
                .satisfies(event -> assertThat(event.details())
                        .containsEntry("vanished", "beta")
                        .containsEntry("refused", "1"));

        queue.open().forEach(drill -> end(drill, Verdict.PASSED));
        rolls = asked -> Roll.of(List.of("alpha", "beta", "gamma"));
        clock.days(1);
        look(template);
        assertThat(states(template).get(State.NEVER_PROVEN)).containsExactly("beta");
    }

    @Test
    void who_did_not_pass_in_time_is_overdue_once_and_who_vanished_is_not() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 9");
        clock.to(Instant.parse("2026-11-22T03:01:00Z"));
        look(template);
        Overdue overdue = new Overdue(runbooks.library(clock), catalog, ledger);
        rolls = asked -> Roll.of(List.of("alpha", "gamma"));
        clock.days(1);
        look(template);
        assertThat(overdue.look(clock.instant())).isEmpty();

        clock.days(190);
        for (int times = 0; times < 2; times++) {
            assertThat(overdue.look(clock.instant()))
                    .extracting(Proven::system)
                    .containsExactly("tenant-alpha", "tenant-gamma");
        }
        assertThat(ledger.events().stream().filter(event -> event.kind() == EventKind.OVERDUE))
                .hasSize(2);
    }

    @Test
    void ten_thousand_tenants_are_planned_in_seconds() throws Exception {
        Runbook template = template("{ list: [x] }", ", byRisk: 3");
        Roll roll = Roll.of(
                IntStream.range(0, 10_000).mapToObj(number -> "t" + number).toList());
        rolls = asked -> roll;
        for (int day = 0; day < 2; day++) {
            clock.to(Instant.parse("2026-11-22T03:01:00Z").plus(Duration.ofDays(day)));
            long begun = System.nanoTime();
            look(template);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(fleets.newest("tenants", 2))
                .allSatisfy(sample -> assertThat(sample.choices()).hasSizeBetween(60, 90));
    }

    private Map<State, List<String>> states(Runbook template) {
        Map<State, List<String>> states = new TreeMap<>();
        new FleetStandings(fleets)
                .of(template, clock.instant())
                .tenants()
                .forEach(tenant -> states.computeIfAbsent(tenant.state(), state -> new ArrayList<>())
                        .add(tenant.member().tenant()));
        return states;
    }

    private void look(Runbook template) {
        Instant now = clock.instant();
        keeping.look(now);
        List<Slot> due = keeping.due(now);
        due.forEach(slot -> one.fill(template, slot, now));
        if (now.atZone(ZoneOffset.UTC).getDayOfMonth() == 22) {
            due.forEach(slot -> other.fill(template, slot, now));
        }
    }

    private Map<String, LedgerEvent> sampled() {
        Map<String, LedgerEvent> sampled = new HashMap<>();
        ledger.events().stream()
                .filter(event -> event.kind() == EventKind.SAMPLED)
                .forEach(event -> assertThat(sampled.put(event.drill(), event)).isNull());
        return sampled;
    }

    /** Ends what is in the queue; the systems that passed, and when. */
    private Map<String, Instant> end(Random die) {
        Map<String, Instant> passed = new HashMap<>();
        for (QueuedDrill drill : queue.open()) {
            int thrown = die.nextInt(100);
            Verdict verdict = thrown < 4 ? Verdict.FAILED : thrown < 6 ? Verdict.COULD_NOT_RUN : Verdict.PASSED;
            end(drill, verdict);
            if (verdict == Verdict.PASSED) {
                passed.put(drill.system(), clock.instant());
            }
        }
        return passed;
    }

    private void end(QueuedDrill drill, Verdict verdict) {
        Instant now = clock.instant();
        catalog.remember(new DrillSummary(
                drill.drill(),
                drill.runbook(),
                drill.system(),
                now,
                Optional.of(now),
                Optional.of(now),
                Optional.of(verdict),
                now,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
        queue.take("test", now);
        queue.ended(drill.drill(), "test", Optional.empty(), Optional.empty());
    }
}
