package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lengths of time and sizes are read as people write them. */
class AmountsTest {

    @Test
    void durations_are_read_as_people_write_them() {
        assertThat(Amounts.duration("15m")).contains(Duration.ofMinutes(15));
        assertThat(Amounts.duration("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Amounts.duration("1h 30m")).contains(Duration.ofMinutes(90));
        assertThat(Amounts.duration("2d")).contains(Duration.ofDays(2));
        assertThat(Amounts.duration("90s")).contains(Duration.ofSeconds(90));
        assertThat(Amounts.duration("PT1H")).contains(Duration.ofHours(1));
        assertThat(Amounts.duration("P1DT2H")).contains(Duration.ofHours(26));
    }

    @Test
    void what_is_no_length_of_time_is_refused() {
        for (String text :
                List.of("", "15", "m", "15 minutes", "-15m", "0m", "PT0S", "P", "PT-1H", "1m1h", "99999999999d")) {
            assertThat(Amounts.duration(text)).as(text).isEmpty();
        }
    }

    @Test
    void years_and_days_are_read_as_people_write_them() {
        assertThat(Amounts.period("6y")).contains(Period.ofYears(6));
        assertThat(Amounts.period("1y 180d")).contains(Period.of(1, 0, 180));
        assertThat(Amounts.period("90d")).contains(Period.ofDays(90));
        for (String text : List.of("", "6", "0y", "6 years", "6m", "-1y")) {
            assertThat(Amounts.period(text)).as(text).isEmpty();
        }
    }

    @Test
    void sizes_count_in_thousands_or_in_1024s() {
        assertThat(Amounts.size("500MB")).hasValue(500_000_000L);
        assertThat(Amounts.size("20 GiB")).hasValue(20L << 30);
        assertThat(Amounts.size("1.5TB")).hasValue(1_500_000_000_000L);
        assertThat(Amounts.size("1kB")).hasValue(1000);
    }

    @Test
    void what_is_no_size_is_refused() {
        for (String text : List.of("", "5", "5 XB", "-5GB", "0GB", "5gb", "GB", "99999999TB")) {
            assertThat(Amounts.size(text)).as(text).isEmpty();
        }
    }
}
