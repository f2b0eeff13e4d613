package dev.muster.schedule.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.muster.runbook.Misprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calendars forbid what they say, in their own language and as iCalendar, and hostile ones are refused. */
class CalendarsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    Path folder;

    private Calendars written(String windows) throws IOException {
        Files.writeString(folder.resolve("own.yaml"), "apiVersion: muster.dev/v1\n" + windows);
        return Calendars.read(folder);
    }

    private Calendars exported(String... events) throws IOException {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n");
        for (int number = 0; number < events.length; number++) {
            text.append("BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n")
                    .append(events[number].contains("UID:") ? "" : "UID:" + number + "@example.com\r\n")
                    .append(events[number].replace("|", "\r\n"))
                    .append("\r\nEND:VEVENT\r\n");
        }
        Files.writeString(folder.resolve("own.ics"), text.append("END:VCALENDAR\r\n"));
        return Calendars.read(folder);
    }

    private static boolean forbidden(Calendars calendars, String moment) {
        assertThat(calendars.misprints()).isEmpty();
        return calendars.forbid(List.of("own"), Instant.parse(moment), BERLIN).isPresent();
    }

    @Test
    void days_of_the_month_are_closed_from_midnight_to_midnight() throws IOException {
        Calendars calendars = written("windows: [{ title: Closing, month: last 2 working days }]");

        assertThat(forbidden(calendars, "2026-12-29T22:59:59Z")).isFalse();
        assertThat(calendars.forbid(List.of("own"), Instant.parse("2026-12-29T23:00:00Z"), BERLIN))
                .contains("own (Closing) until 2026-12-30T23:00:00Z");
        assertThat(forbidden(calendars, "2026-12-31T22:59:59Z")).isTrue();
        assertThat(forbidden(calendars, "2026-12-31T23:00:00Z")).isFalse();
    }

    @Test
    void hours_of_a_weekday_may_last_into_the_next_day_and_year() throws IOException {
        Calendars calendars = written("windows: [{ week: [Thursday], from: \"22:00\", to: \"04:00\" }]");

        assertThat(forbidden(calendars, "2026-12-31T20:59:59Z")).isFalse();
        assertThat(forbidden(calendars, "2026-12-31T21:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2027-01-01T02:59:59Z")).isTrue();
        assertThat(forbidden(calendars, "2027-01-01T03:00:00Z")).isFalse();
    }

    @Test
    void a_season_may_go_over_the_turn_of_the_year() throws IOException {
        Calendars calendars = written("zone: UTC\nwindows: [{ year: { from: \"11-15\", to: \"01-06\" } }]");

        assertThat(forbidden(calendars, "2026-11-14T23:59:59Z")).isFalse();
        assertThat(forbidden(calendars, "2026-11-15T00:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2027-01-06T23:59:59Z")).isTrue();
        assertThat(forbidden(calendars, "2027-01-07T00:00:00Z")).isFalse();
    }

    @Test
    void a_single_window_may_last_for_years() throws IOException {
        Calendars calendars = written("zone: UTC\nwindows: [{ once: { from: 2026-06-01T18:00, to: 2029-06-30 } }]");

        assertThat(forbidden(calendars, "2026-06-01T17:59:59Z")).isFalse();
        assertThat(forbidden(calendars, "2028-02-01T00:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2029-06-30T23:59:59Z")).isTrue();
        assertThat(forbidden(calendars, "2029-07-01T00:00:00Z")).isFalse();
        assertThat(calendars
                        .find("own")
                        .orElseThrow()
                        .between(Instant.parse("2027-01-01T00:00:00Z"), Instant.parse("2028-12-31T00:00:00Z"), BERLIN))
                .hasSize(1);
    }

    @Test
    void every_mistake_in_a_calendar_is_told_with_its_place() throws IOException {
        Calendars calendars = written("""
                zone: Europe/Berlon
                without: [holydays]
                windows:
                  - { month: frist Sunday }
                  - { once: { from: 2027-02-03, to: 2027-02-01 } }
                  - { year: { from: "02-31", to: "03-01" }, from: "18:00" }
                  - { week: [Sonday] }
                """);

        assertThat(calendars.misprints()).extracting(Misprint::line).containsExactly(2, 3, 5, 6, 7, 7, 8);
        assertThat(calendars.misprints())
                .extracting(Misprint::toString)
                .anyMatch(text -> text.contains("Did you mean `Europe/Berlin`?"))
                .anyMatch(text -> text.contains("Did you mean `first Sunday`?"));
        assertThat(calendars.names()).isEmpty();
        assertThat(calendars.forbid(List.of("own"), Instant.EPOCH, BERLIN)).contains("the calendar own cannot be read");
    }

    @Test
    void holidays_of_one_calendar_are_no_working_days_of_another() throws IOException {
        Files.writeString(
                folder.resolve("off.yaml"),
                "apiVersion: muster.dev/v1\nholidays: true\nwindows: [{ year: { from: \"12-31\", to: \"01-01\" } }]");
        Calendars calendars = written("without: [off]\nzone: UTC\nwindows: [{ month: last working day }]");

        assertThat(forbidden(calendars, "2026-12-31T12:00:00Z")).isFalse();
        assertThat(forbidden(calendars, "2026-12-30T12:00:00Z")).isTrue();
        assertThat(calendars.holidays(List.of("off", "own")).test(LocalDate.parse("2027-01-01")))
                .isTrue();
        assertThat(calendars.holidays(List.of("own")).test(LocalDate.parse("2026-12-30")))
                .isFalse();
    }

    @Test
    void events_of_other_programs_forbid_with_repetitions_and_exceptions() throws IOException {
        Calendars calendars = exported(
                "SUMMARY:Night|DTSTART;TZID=Europe/Berlin:20260105T220000|DTEND;TZID=Europe/Berlin:20260106T020000"
                        + "|RRULE:FREQ=WEEKLY;BYDAY=MO|EXDATE;TZID=Europe/Berlin:20270705T220000",
                "SUMMARY:Day off|DTSTART;VALUE=DATE:20260501|RRULE:FREQ=YEARLY",
                "SUMMARY:Gone|DTSTART;VALUE=DATE:20270601|STATUS:CANCELLED");

        assertThat(forbidden(calendars, "2027-07-12T20:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2027-07-12T23:59:59Z")).isTrue();
        assertThat(forbidden(calendars, "2027-07-13T00:00:00Z")).isFalse();
        assertThat(forbidden(calendars, "2027-07-05T20:00:00Z")).isFalse();
        assertThat(forbidden(calendars, "2027-01-11T21:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2031-04-30T22:00:00Z")).isTrue();
        assertThat(forbidden(calendars, "2031-05-01T22:00:00Z")).isFalse();
        assertThat(forbidden(calendars, "2027-06-01T12:00:00Z")).isFalse();
        assertThat(calendars.holidays(List.of("own")).test(LocalDate.parse("2031-05-01")))
                .isTrue();
    }

    @Test
    void a_single_event_that_was_moved_does_not_forbid_where_it_was() throws IOException {
        Calendars calendars = exported(
                "UID:a|DTSTART:20270104T100000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY",
                "UID:a|RECURRENCE-ID:20270111T100000Z|DTSTART:20270112T100000Z|DURATION:PT1H");

        assertThat(forbidden(calendars, "2027-01-04T10:30:00Z")).isTrue();
        assertThat(forbidden(calendars, "2027-01-11T10:30:00Z")).isFalse();
        assertThat(forbidden(calendars, "2027-01-12T10:30:00Z")).isTrue();
    }

    @Test
    void hostile_events_are_refused_with_their_line_before_anything_is_expanded() {
        for (String event : List.of(
                "DTSTART:20260101T000000Z|RRULE:FREQ=SECONDLY",
                "DTSTART:20260101T000000Z|RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
                "DTSTART:00010101T000000Z|RRULE:FREQ=DAILY",
                "DTSTART:20260101T000000Z|DTEND:20990101T000000Z|RRULE:FREQ=DAILY",
                "DTSTART:20260102T000000Z|DTEND:20260101T000000Z",
                "SUMMARY:no beginning",
                "DTSTART:tomorrow")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThat(exported(event).misprints()).as(event).isNotEmpty());
        }
    }

    @Test
    void an_event_that_never_comes_costs_no_time() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(forbidden(
                                exported(
                                        "DTSTART:19000101T000000Z|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                                        "DTSTART:19000101T000000Z|RRULE:FREQ=DAILY;COUNT=2000000000"),
                                "2027-02-28T12:00:00Z"))
                        .isFalse());
    }

    @Test
    void what_is_no_calendar_or_too_large_is_refused() throws IOException {
        Files.writeString(folder.resolve("own.ics"), "hello");
        assertThat(Calendars.read(folder).misprints())
                .extracting(Misprint::what)
                .containsExactly("This is no iCalendar file");
        Files.write(folder.resolve("own.ics"), new byte[1024 * 1024 + 1]);
        assertThat(Calendars.read(folder).misprints())
                .extracting(Misprint::what)
                .containsExactly("The file is larger than 1 MiB");
    }

    @Test
    void a_calendar_that_changes_is_read_again() throws IOException {
        CalendarFolder kept = new CalendarFolder(folder);
        written("zone: UTC\nwindows: [{ month: last day }]");
        assertThat(forbidden(kept.calendars(), "2026-12-31T12:00:00Z")).isTrue();
        written("zone: UTC\nwindows: [{ month: first day }]");
        assertThat(forbidden(kept.calendars(), "2026-12-31T12:00:00Z")).isFalse();
    }

    @Test
    void the_calendars_that_are_shipped_have_no_mistakes() {
        Calendars shipped = Calendars.read(Path.of("config/calendars"));

        assertThat(shipped.misprints()).isEmpty();
        assertThat(shipped.names())
                .containsExactlyInAnyOrder("inventory-count", "month-end-close", "peak-season", "public-holidays");
        assertThat(shipped.forbid(List.of("month-end-close"), Instant.parse("2026-12-31T12:00:00Z"), BERLIN))
                .isPresent();
    }
}
