package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Only expressions that the scheduler takes are let through. */
class CronTest {

    @Test
    void expressions_of_six_and_seven_fields_pass() {
        for (String sound : List.of(
                "0 0 3 ? * SUN#1",
                "0 0/15 8-18 ? * MON-FRI",
                "0 0 3 1,15 * ?",
                "0 0 3 L * ?",
                "0 0 3 LW * ?",
                "0 0 3 15W JAN,JUL ?",
                "0 0 3 ? * 6L 2027-2030",
                "0 30 2 * * ?")) {
            assertThat(Cron.fault(sound)).as(sound).isEmpty();
        }
    }

    @Test
    void everything_else_is_refused_with_the_part_that_is_wrong() {
        assertThat(Cron.fault("0 3 * * *")).contains("has 5 fields instead of six or seven");
        assertThat(Cron.fault("monthly")).contains("has 1 field instead of six or seven");
        assertThat(Cron.fault("0 60 3 ? * SUN")).contains("has `60` as the minute");
        assertThat(Cron.fault("0 0 25 ? * SUN")).contains("has `25` as the hour");
        assertThat(Cron.fault("0 0 3 32 * ?")).contains("has `32` as the day of the month");
        assertThat(Cron.fault("0 0 3 ? FOO SUN")).contains("has `FOO` as the month");
        assertThat(Cron.fault("0 0 3 ? * SUN#6")).contains("has `SUN#6` as the day of the week");
        assertThat(Cron.fault("0 0/0 3 ? * SUN")).contains("has `0/0` as the minute");
        assertThat(Cron.fault("0 0 3 * * *")).contains("names both a day of the month and a day of the week");
        assertThat(Cron.fault("0 0 3 ? * ?"))
                .contains("has `?` both as the day of the month and as the day of the week");
    }
}
