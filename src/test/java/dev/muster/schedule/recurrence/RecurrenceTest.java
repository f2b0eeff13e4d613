package dev.muster.schedule.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.SchedulePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

/** Moments come when clocks on the wall say so, whatever these clocks do. */
class RecurrenceTest {
    private static boolean noHolidays(LocalDate day) {
        return false;
    }

    private static List<String> cron(String cron, String zone, String after, int count) {
        return moments(SchedulePlan.cron(cron, ZoneId.of(zone)), RecurrenceTest::noHolidays, after, count);
    }

    private static List<String> on(String words, String at, String after, int count, Predicate<LocalDate> holiday) {
        SchedulePlan plan = new SchedulePlan(
                Optional.empty(),
                Optional.of(words),
                LocalTime.parse(at),
                ZoneOffset.UTC,
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                SchedulePlan.WhenMissed.RUN,
                SchedulePlan.Retry.NEVER);
        return moments(plan, holiday, after, count);
    }

    private static List<String> moments(SchedulePlan plan, Predicate<LocalDate> holiday, String after, int count) {
        return Recurrence.of(plan, holiday)
                .after(Instant.parse(after))
                .limit(count)
                .map(Instant::toString)
                .toList();
    }

    @Test
    void a_time_that_clocks_leave_out_moves_behind_the_gap() {
        assertThat(cron("0 30 2 * * ?", "Europe/Berlin", "2027-03-27T00:00:00Z", 3))
                .containsExactly("2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
        assertThat(cron("0 30 2 * * ?", "America/New_York", "2027-03-13T00:00:00Z", 3))
                .containsExactly("2027-03-13T07:30:00Z", "2027-03-14T07:30:00Z", "2027-03-15T06:30:00Z");
        assertThat(cron("0 10 2 * * ?", "Australia/Lord_Howe", "2027-10-02T00:00:00Z", 2))
                .containsExactly("2027-10-02T15:40:00Z", "2027-10-03T15:10:00Z");
    }

    @Test
    void a_time_that_clocks_show_twice_counts_once() {
        assertThat(cron("0 30 2 * * ?", "Europe/Berlin", "2027-10-30T22:00:00Z", 2))
                .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
        assertThat(cron("0 30 1 * * ?", "America/New_York", "2027-11-07T00:00:00Z", 2))
                .containsExactly("2027-11-07T05:30:00Z", "2027-11-08T06:30:00Z");
        assertThat(cron("0 45 1 * * ?", "Australia/Lord_Howe", "2027-04-03T14:00:00Z", 2))
                .containsExactly("2027-04-03T14:45:00Z", "2027-04-04T15:15:00Z");
    }

    @Test
    void moments_from_before_and_behind_a_gap_come_in_order_and_once() {
        assertThat(cron("0 0/30 * * * ?", "Europe/Berlin", "2027-03-28T00:00:00Z", 5))
                .containsExactly(
                        "2027-03-28T00:30:00Z",
                        "2027-03-28T01:00:00Z",
                        "2027-03-28T01:30:00Z",
                        "2027-03-28T02:00:00Z",
                        "2027-03-28T02:30:00Z");
        assertThat(cron("0 45 2 * * ?", "Europe/Berlin", "2027-03-28T01:10:00Z", 1))
                .containsExactly("2027-03-28T01:45:00Z");
    }

    @Test
    void where_clocks_never_change_it_agrees_with_the_scheduler() throws Exception {
        for (String cron : List.of(
                "0 0 3 ? * SUN#1", "0 0/15 8-18 ? * MON-FRI", "0 0 3 LW * ?", "0 30 2 29 2 ?", "0 0 3 ? * 6L")) {
            CronExpression scheduler = new CronExpression(cron);
            scheduler.setTimeZone(TimeZone.getTimeZone("UTC"));
            Instant expected = Instant.parse("2026-11-21T00:00:00Z");
            for (String moment : cron(cron, "UTC", expected.toString(), 300)) {
                expected = scheduler.getTimeAfter(Date.from(expected)).toInstant();
                assertThat(moment).as(cron).isEqualTo(expected.toString());
            }
        }
    }

    @Test
    void a_day_of_the_month_in_words_is_found_in_each_month() {
        assertThat(on("first Sunday", "03:00", "2026-11-21T00:00:00Z", 2, RecurrenceTest::noHolidays))
                .containsExactly("2026-12-06T03:00:00Z", "2027-01-03T03:00:00Z");
        assertThat(on("second-last Friday", "03:00", "2026-11-21T00:00:00Z", 1, RecurrenceTest::noHolidays))
                .containsExactly("2026-12-18T03:00:00Z");
        assertThat(on("last day", "23:00", "2027-02-01T00:00:00Z", 1, RecurrenceTest::noHolidays))
                .containsExactly("2027-02-28T23:00:00Z");
        assertThat(on("day 31", "03:00", "2027-02-01T00:00:00Z", 2, RecurrenceTest::noHolidays))
                .containsExactly("2027-03-31T03:00:00Z", "2027-05-31T03:00:00Z");
        assertThat(on("fifth Monday", "03:00", "2026-12-01T00:00:00Z", 2, RecurrenceTest::noHolidays))
                .containsExactly("2027-03-29T03:00:00Z", "2027-05-31T03:00:00Z");
    }

    @Test
    void working_days_leave_out_weekends_and_holidays() {
        Predicate<LocalDate> holiday = Set.of(LocalDate.parse("2027-01-01"), LocalDate.parse("2026-12-31"))::contains;
        assertThat(on("first working day", "03:00", "2026-12-31T00:00:00Z", 1, holiday))
                .containsExactly("2027-01-04T03:00:00Z");
        assertThat(on("last working day", "03:00", "2026-12-01T00:00:00Z", 1, holiday))
                .containsExactly("2026-12-30T03:00:00Z");
        assertThat(on("second-last working day", "03:00", "2026-12-01T00:00:00Z", 1, RecurrenceTest::noHolidays))
                .containsExactly("2026-12-30T03:00:00Z");
        assertThat(on("first working day", "03:00", "2026-12-01T00:00:00Z", 1, day -> true))
                .isEmpty();
    }

    @Test
    void what_never_comes_is_said_to_have_no_next_moment() {
        assertThat(cron("0 0 3 30 2 ?", "Europe/Berlin", "2026-11-21T00:00:00Z", 1))
                .isEmpty();
        assertThat(cron("0 0 3 * * ? 2020", "Europe/Berlin", "2026-11-21T00:00:00Z", 1))
                .isEmpty();
    }
}
