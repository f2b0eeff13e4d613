package dev.muster.schedule.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Slot;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.testing.TurnedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of two processes that look at the schedule, with clocks put forward and back and three outages. */
class YearOfSlotsTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
    private static final Instant END = Instant.parse("2027-11-21T11:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final List<Outage> OUTAGES = List.of(
            new Outage(Instant.parse("2026-12-10T00:00:00Z"), Instant.parse("2026-12-13T08:00:00Z")),
            // The night in which Berlin has no half past two.
            new Outage(Instant.parse("2027-03-27T22:00:00Z"), Instant.parse("2027-03-28T09:00:00Z")),
            new Outage(Instant.parse("2027-06-20T00:00:00Z"), Instant.parse("2027-09-05T00:00:00Z")));

    @TempDir
    Path folder;

    private record Outage(Instant from, Instant to) {}

    /** A slot, as nobody's code but the test's has it. */
    private record Moment(String runbook, Instant due) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return due.equals(other.due) ? runbook.compareTo(other.runbook) : due.compareTo(other.due);
        }
    }

    @Test
    void every_slot_of_a_year_is_taken_missed_or_forbidden_and_none_twice() throws Exception {
        RunbookFolder runbooks = new RunbookFolder(folder.resolve("runbooks"));
        runbooks.write(
                "nightly", "{ cron: \"0 30 2 * * ?\", zone: Europe/Berlin, avoid: [month-end-close, peak-season] }");
        runbooks.write(
                "monthly",
                "{ on: last working day, at: \"23:30\", zone: America/New_York, avoid: [public-holidays], missed: skip }");
        runbooks.write("often", "{ cron: \"0 0 0/12 * * ?\", jitter: 30m }");
        runbooks.write("follower", "{ cron: \"0 0 5 * * ?\", zone: Europe/Berlin, after: nightly }");
        runbooks.write("island", "{ on: first Sunday, at: \"02:10\", zone: Australia/Lord_Howe }");
        writeCalendars();
        Map<Moment, Boolean> expected = everyMoment();
        String url = "jdbc:h2:file:" + folder.resolve("catalog");
        TurnedClock clock = TurnedClock.at(START);
        Ledger ledger = Ledger.open(folder.resolve("ledger"), clock);
        Map<Moment, List<String>> taken = new TreeMap<>();
        Map<Moment, String> madeUp = new TreeMap<>();
        Catalog catalog = Catalog.open(url);
        Slots slots = new Slots(catalog);

        try (Connection held = DriverManager.getConnection(url)) {
            assertThat(held.isValid(1)).isTrue();
            List<SlotKeeping> processes =
                    List.of(keeping(runbooks, clock, slots, ledger), keeping(runbooks, clock, slots, ledger));
            int turn = 0;
            while (clock.instant().isBefore(END)) {
                Instant now = clock.instant();
                SlotKeeping first = processes.get(turn % 2);
                SlotKeeping second = processes.get((turn + 1) % 2);
                first.look(now);
                List<Slot> seen = second.due(now);
                for (Slot slot : first.due(now)) {
                    String drill = slot.runbook() + "-" + ++turn;
                    assertThat(first.take(slot, drill, now)).isTrue();
                    Moment moment = new Moment(slot.runbook(), slot.due());
                    if (slot.state() == Slot.State.MISSED) {
                        assertThat(madeUp.put(moment, drill)).isNull();
                    } else {
                        taken.computeIfAbsent(moment, one -> new ArrayList<>()).add(drill);
                    }
                    catalog.remember(drill(slot, drill, now));
                }
                seen.forEach(slot -> assertThat(second.take(slot, "twice", now)).isFalse());
                turn++;
                clock.to(afterOutage(next(first, now)));
            }
            clock.to(END);
            processes.get(0).look(END.plus(Duration.ofMinutes(20)));

            Map<Moment, Slot> kept = slots.between(START, END).stream()
                    .collect(Collectors.toMap(slot -> new Moment(slot.runbook(), slot.due()), slot -> slot));
            assertThat(new TreeSet<>(kept.keySet())).isEqualTo(new TreeSet<>(expected.keySet()));
            Map<Slot.State, Integer> counts = new TreeMap<>();
            kept.forEach((moment, slot) -> {
                counts.merge(slot.state(), 1, Integer::sum);
                assertThat(slot.state() == Slot.State.FORBIDDEN)
                        .as("%s is %s", moment, slot)
                        .isEqualTo(expected.get(moment));
                assertThat(taken.getOrDefault(moment, List.of()))
                        .as("%s", slot)
                        .hasSize(slot.state() == Slot.State.TAKEN ? 1 : 0);
                if (slot.state() == Slot.State.MISSED) {
                    assertThat(inOutage(slot.due()) || slot.why().orElse("").startsWith("nightly had not passed"))
                            .as("%s", slot)
                            .isTrue();
                }
            });
            assertThat(counts.get(Slot.State.TAKEN)).isGreaterThan(700);
            assertThat(counts.get(Slot.State.MISSED)).isGreaterThan(200);
            assertThat(counts.get(Slot.State.FORBIDDEN)).isGreaterThan(20);
            // Each outage is made up for by one drill of each runbook that wants that and may.
            assertThat(madeUp.keySet().stream()
                            .filter(moment -> moment.runbook().equals("often")))
                    .hasSize(3);
            assertThat(madeUp.keySet()).noneMatch(moment -> moment.runbook().equals("monthly"));
            assertThat(events(ledger, EventKind.MISSED))
                    .containsExactlyInAnyOrderElementsOf(names(kept, Slot.State.MISSED));
            assertThat(events(ledger, EventKind.FORBIDDEN))
                    .containsExactlyInAnyOrderElementsOf(names(kept, Slot.State.FORBIDDEN));
            assertThat(ledger.verify()).isEmpty();
        }
    }

    private SlotKeeping keeping(RunbookFolder runbooks, TurnedClock clock, Slots slots, Ledger ledger) {
        return new SlotKeeping(
                runbooks.library(clock), new CalendarFolder(folder.resolve("calendars")), slots, ledger, Teller.SILENT);
    }

    private static Instant next(SlotKeeping keeping, Instant now) {
        Instant soon = now.plus(Duration.ofHours(6));
        return keeping.next(now).filter(soon::isAfter).orElse(soon);
    }

    private static Instant afterOutage(Instant moment) {
        return OUTAGES.stream()
                .filter(outage -> !moment.isBefore(outage.from()) && moment.isBefore(outage.to()))
                .map(Outage::to)
                .findFirst()
                .orElse(moment);
    }

    private static boolean inOutage(Instant due) {
        return OUTAGES.stream()
                .anyMatch(outage -> due.isAfter(outage.from().minus(Duration.ofHours(1))) && due.isBefore(outage.to()));
    }

    /** On the tenth of each month the nightly drill fails. */
    private static DrillSummary drill(Slot slot, String drill, Instant now) {
        boolean fails = LocalDate.ofInstant(now, BERLIN).getDayOfMonth() == 10;
        return new DrillSummary(
                drill,
                slot.runbook(),
                slot.system(),
                now,
                Optional.of(now),
                Optional.of(now.plusSeconds(60)),
                Optional.of(fails ? Verdict.FAILED : Verdict.PASSED),
                slot.due(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static Set<String> events(Ledger ledger, EventKind kind) {
        List<String> names = ledger.events().stream()
                .filter(event -> event.kind() == kind)
                .map(LedgerEvent::drill)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
        return new TreeSet<>(names);
    }

    private static Set<String> names(Map<Moment, Slot> kept, Slot.State state) {
        return kept.values().stream()
                .filter(slot -> slot.state() == state)
                .map(slot -> slot.drill().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every slot, found by looking at every minute that clocks on the wall show in a year; true where forbidden. */
    private static Map<Moment, Boolean> everyMoment() {
        Map<Moment, Boolean> moments = new HashMap<>();
        add(moments, "nightly", BERLIN, time -> at(time, 2, 30), day -> monthEnd(day) || peakSeason(day));
        add(
                moments,
                "monthly",
                NEW_YORK,
                time -> at(time, 23, 30) && lastWorkingDay(time.toLocalDate()),
                YearOfSlotsTest::holiday);
        add(moments, "often", UTC, time -> time.getMinute() == 0 && time.getHour() % 12 == 0, day -> false);
        add(moments, "follower", BERLIN, time -> at(time, 5, 0), day -> false);
        add(
                moments,
                "island",
                LORD_HOWE,
                time -> at(time, 2, 10) && time.getDayOfWeek() == DayOfWeek.SUNDAY && time.getDayOfMonth() <= 7,
                day -> false);
        return moments;
    }

    private static void add(
            Map<Moment, Boolean> moments,
            String runbook,
            ZoneId zone,
            Predicate<LocalDateTime> due,
            Predicate<LocalDate> forbidden) {
        Stream.iterate(LocalDateTime.ofInstant(START, zone), time -> time.plusMinutes(1))
                .takeWhile(time -> time.atZone(zone).toInstant().isBefore(END))
                .filter(due)
                .filter(time -> time.atZone(zone).toInstant().isAfter(START))
                .forEach(time -> {
                    Instant instant = time.atZone(zone).toInstant();
                    moments.put(new Moment(runbook, instant), forbidden.test(LocalDate.ofInstant(instant, zone)));
                });
    }

    private static boolean at(LocalDateTime time, int hour, int minute) {
        return time.getHour() == hour && time.getMinute() == minute;
    }

    private static boolean weekday(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    private static boolean monthEnd(LocalDate day) {
        return weekday(day)
                && Stream.iterate(day.plusDays(1), later -> later.plusDays(1))
                                .takeWhile(later -> later.getMonth() == day.getMonth())
                                .filter(YearOfSlotsTest::weekday)
                                .count()
                        < 2;
    }

    private static boolean peakSeason(LocalDate day) {
        return day.getMonthValue() == 12 && day.getDayOfMonth() >= 15 && day.getDayOfMonth() <= 28;
    }

    private static boolean holiday(LocalDate day) {
        String monthAndDay = day.toString().substring(5);
        return Set.of("12-25", "12-31", "01-01").contains(monthAndDay);
    }

    private static boolean lastWorkingDay(LocalDate day) {
        return weekday(day)
                && !holiday(day)
                && Stream.iterate(day.plusDays(1), later -> later.plusDays(1))
                        .takeWhile(later -> later.getMonth() == day.getMonth())
                        .noneMatch(later -> weekday(later) && !holiday(later));
    }

    private void writeCalendars() throws Exception {
        Path calendars = Files.createDirectories(folder.resolve("calendars"));
        Files.writeString(calendars.resolve("month-end-close.yaml"), """
                apiVersion: muster.dev/v1
                title: Closing the month
                windows:
                  - month: last 2 working days
                """);
        Files.writeString(calendars.resolve("peak-season.yaml"), """
                apiVersion: muster.dev/v1
                windows:
                  - year: { from: "12-15", to: "12-28" }
                """);
        Files.writeString(calendars.resolve("public-holidays.ics"), """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Example//Holidays//EN
                %s%s%sEND:VCALENDAR
                """.formatted(
                        event("20201225"), event("20201231"), event("20200101")));
    }

    private static String event(String day) {
        return """
                BEGIN:VEVENT
                UID:%s@example.com
                DTSTAMP:20200101T000000Z
                DTSTART;VALUE=DATE:%s
                RRULE:FREQ=YEARLY
                SUMMARY:Holiday
                END:VEVENT
                """.formatted(day, day);
    }
}
