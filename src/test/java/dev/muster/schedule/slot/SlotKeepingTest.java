package dev.muster.schedule.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.News;
import dev.muster.drill.Slot;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.testing.Heard;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of single slots when runbooks, calendars and people do as they please. */
class SlotKeepingTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(NOON);
    private RunbookFolder runbooks;
    private Catalog catalog;
    private Slots slots;
    private Ledger ledger;
    private SlotKeeping keeping;
    private final Heard heard = new Heard();

    @BeforeEach
    void begins() throws IOException {
        runbooks = new RunbookFolder(folder.resolve("runbooks"));
        catalog = Catalog.open("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1");
        slots = new Slots(catalog);
        ledger = Ledger.open(folder.resolve("ledger"), clock);
        keeping = keeping();
    }

    private SlotKeeping keeping() {
        return new SlotKeeping(
                runbooks.library(clock), new CalendarFolder(folder.resolve("calendars")), slots, ledger, heard);
    }

    private List<Slot> lookAt(String time) {
        clock.to(Instant.parse("2026-12-" + time));
        keeping.look(clock.instant());
        return keeping.due(clock.instant());
    }

    private List<String> states() {
        return slots.between(NOON, NOON.plus(Duration.ofDays(5))).stream()
                .filter(slot -> slot.state() != Slot.State.COMING)
                .map(slot -> slot.due().toString().substring(8, 16) + " " + slot.state())
                .toList();
    }

    private void ended(String runbook, String drill, Verdict verdict) {
        catalog.remember(new DrillSummary(
                drill,
                runbook,
                runbook,
                clock.instant(),
                Optional.of(clock.instant()),
                Optional.of(clock.instant()),
                Optional.of(verdict),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
    }

    @Test
    void nothing_was_due_before_a_runbook_was_seen() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\" }");
        assertThat(lookAt("01T12:00:00Z")).isEmpty();
        assertThat(keeping.next(clock.instant())).contains(NOON.plusSeconds(3600));
        assertThat(lookAt("01T13:00:00Z")).extracting(Slot::due).containsExactly(NOON.plusSeconds(3600));
        assertThat(states()).isEmpty();
    }

    @Test
    void each_slot_that_is_missed_is_told_once_and_one_that_is_taken_is_not() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\" }");
        lookAt("01T12:00:00Z");
        List<Slot> due = lookAt("01T13:00:00Z");
        keeping.take(due.get(0), "drill-1", clock.instant());
        assertThat(heard.news).isEmpty();
        lookAt("01T15:30:00Z");
        lookAt("01T15:31:00Z");
        assertThat(heard.news)
                .extracting(News::kind, News::at)
                .contains(tuple(News.Kind.MISSED, NOON.plusSeconds(7200)))
                .doesNotHaveDuplicates()
                .doesNotContain(tuple(News.Kind.MISSED, NOON.plusSeconds(3600)));
    }

    @Test
    void a_slot_that_nobody_takes_is_missed_and_made_up_for_once() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\" }");
        lookAt("01T12:00:00Z");
        List<Slot> due = lookAt("01T15:30:00Z");

        assertThat(states()).containsExactly("01T13:00 MISSED", "01T14:00 MISSED", "01T15:00 MISSED");
        assertThat(due).hasSize(1);
        assertThat(due.get(0).why().orElse("")).startsWith("nobody looked at the schedule from 2026-12-01T12:00:00Z");
        assertThat(keeping.take(due.get(0), "late", clock.instant())).isTrue();
        assertThat(keeping.due(clock.instant())).isEmpty();
        List<LedgerEvent> missed = ledger.events();
        assertThat(missed)
                .extracting(LedgerEvent::kind)
                .containsOnly(EventKind.MISSED)
                .hasSize(3);
        assertThat(missed.get(0).drill()).startsWith("hourly-20261201-130000-");
        assertThat(missed.get(0).details())
                .containsEntry("runbook", "hourly")
                .containsEntry("system", "hourly-system")
                .containsEntry("slot", "2026-12-01T13:00:00Z");
        assertThat(ledger.verify()).isEmpty();
    }

    @Test
    void a_slot_within_the_tolerance_is_not_missed_and_one_to_be_skipped_is_not_made_up_for() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\", missed: skip }");
        lookAt("01T12:00:00Z");
        assertThat(lookAt("01T13:15:00Z")).hasSize(1);
        assertThat(lookAt("01T13:15:01Z")).isEmpty();
        assertThat(states()).containsExactly("01T13:00 MISSED");
    }

    @Test
    void a_slot_in_a_window_is_forbidden_and_nothing_is_made_up_for_in_one() throws IOException {
        Files.createDirectories(folder.resolve("calendars"));
        Files.writeString(
                folder.resolve("calendars/evening.yaml"),
                "apiVersion: muster.dev/v1\nwindows: [{ month: day 1, from: \"14:30\", to: \"17:00\" }]");
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\", avoid: [evening] }");
        lookAt("01T12:00:00Z");

        assertThat(lookAt("01T15:30:00Z")).isEmpty();
        assertThat(states()).containsExactly("01T13:00 MISSED", "01T14:00 MISSED", "01T15:00 FORBIDDEN");
        assertThat(ledger.events().get(2).kind()).isEqualTo(EventKind.FORBIDDEN);
        assertThat(ledger.events().get(2).details())
                .containsEntry("reason", "evening (evening) until 2026-12-01T17:00:00Z");
        assertThat(lookAt("01T17:00:00Z")).hasSize(2);
    }

    @Test
    void a_slot_whose_calendar_is_gone_is_forbidden() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\", avoid: [gone] }");
        lookAt("01T12:00:00Z");
        assertThat(lookAt("01T13:00:00Z")).isEmpty();
        assertThat(states()).containsExactly("01T13:00 FORBIDDEN");
    }

    @Test
    void a_changed_schedule_keeps_what_was_due_and_drops_what_was_to_come() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\" }");
        lookAt("01T12:00:00Z");
        runbooks.write("hourly", "{ cron: \"0 45 15 * * ?\" }");
        assertThat(lookAt("01T14:30:00Z")).hasSize(1);

        assertThat(states()).containsExactly("01T13:00 MISSED", "01T14:00 MISSED");
        assertThat(keeping.next(clock.instant())).contains(Instant.parse("2026-12-01T15:45:00Z"));
        assertThat(lookAt("01T15:45:00Z")).extracting(Slot::due).contains(Instant.parse("2026-12-01T15:45:00Z"));
    }

    @Test
    void a_runbook_that_is_gone_has_no_slots_to_come_and_its_due_ones_are_missed() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\" }");
        lookAt("01T12:00:00Z");
        runbooks.remove("hourly");
        assertThat(lookAt("01T13:30:00Z")).isEmpty();

        assertThat(states()).containsExactly("01T13:00 MISSED");
        assertThat(keeping.next(clock.instant())).isEmpty();
    }

    @Test
    void a_slot_after_another_runbook_waits_until_that_has_passed() throws IOException {
        runbooks.write("first", "{ cron: \"0 0 13 * * ?\" }");
        runbooks.write("second", "{ cron: \"0 0 14 * * ?\", after: first }");
        lookAt("01T12:00:00Z");
        Slot first = lookAt("01T13:00:00Z").get(0);
        assertThat(keeping.take(first, "first-1", clock.instant())).isTrue();
        assertThat(lookAt("01T14:00:00Z")).isEmpty();
        ended("first", "first-1", Verdict.FAILED);
        assertThat(lookAt("01T18:00:00Z")).isEmpty();
        ended("first", "first-2", Verdict.PASSED);
        assertThat(lookAt("01T18:01:00Z")).extracting(Slot::runbook).containsExactly("second");
    }

    @Test
    void a_slot_whose_forerunner_does_not_pass_that_day_is_missed_with_the_reason() throws IOException {
        runbooks.write("first", "{ cron: \"0 0 13 1 * ?\" }");
        runbooks.write("second", "{ cron: \"0 0 14 1 * ?\", after: first }");
        lookAt("01T12:00:00Z");
        keeping.take(lookAt("01T13:00:00Z").get(0), "first-1", clock.instant());
        ended("first", "first-1", Verdict.COULD_NOT_RUN);
        assertThat(lookAt("02T00:00:00Z")).isEmpty();
        assertThat(states()).containsExactly("01T13:00 TAKEN");
        assertThat(lookAt("02T00:00:01Z")).isEmpty();

        assertThat(states()).containsExactly("01T13:00 TAKEN", "01T14:00 MISSED");
        assertThat(ledger.events().get(0).details())
                .containsEntry("reason", "first had not passed by the end of 2026-12-01");
    }

    @Test
    void what_the_ledger_has_already_is_not_noted_twice() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 13 1 * ?\" }");
        lookAt("01T12:00:00Z");
        Slot died = new Slot(
                "hourly",
                "hourly-system",
                NOON.plusSeconds(3600),
                Slot.State.MISSED,
                Optional.of("a reason"),
                Optional.of("hourly-x"));
        assertThat(slots.end(died, false, Instant.parse("2026-12-01T13:30:00Z")))
                .isTrue();
        lookAt("01T13:30:30Z");
        assertThat(ledger.events()).isEmpty();
        // Whoever died may have reached the ledger.
        ledger.append(EventKind.MISSED, "hourly-x", Map.of());
        lookAt("01T13:31:00Z");
        lookAt("01T13:32:00Z");

        assertThat(ledger.events()).extracting(LedgerEvent::drill).containsExactly("hourly-x");
    }

    @Test
    void what_nobody_noted_in_the_ledger_is_noted_later() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 13 1 * ?\" }");
        lookAt("01T12:00:00Z");
        Slot died = new Slot(
                "hourly",
                "hourly-system",
                NOON.plusSeconds(3600),
                Slot.State.MISSED,
                Optional.of("a reason"),
                Optional.of("hourly-x"));
        assertThat(slots.end(died, false, Instant.parse("2026-12-01T13:30:00Z")))
                .isTrue();
        lookAt("01T13:31:00Z");

        assertThat(ledger.events()).extracting(LedgerEvent::drill).containsExactly("hourly-x");
    }

    @Test
    void jitter_is_the_same_in_every_process_and_within_its_bounds() throws IOException {
        runbooks.write("hourly", "{ cron: \"0 0 * * * ?\", jitter: 10m }");
        lookAt("01T12:00:00Z");
        Instant start = keeping.next(clock.instant()).orElseThrow();

        assertThat(start).isBetween(NOON.plusSeconds(3600), NOON.plusSeconds(4200));
        Catalog other = Catalog.open("jdbc:h2:mem:other" + folder.getFileName() + ";DB_CLOSE_DELAY=-1");
        SlotKeeping elsewhere = new SlotKeeping(
                runbooks.library(clock),
                new CalendarFolder(folder.resolve("calendars")),
                new Slots(other),
                ledger,
                Teller.SILENT);
        elsewhere.look(NOON);
        assertThat(elsewhere.next(NOON)).contains(start);
    }
}
