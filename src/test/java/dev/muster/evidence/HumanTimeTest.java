package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTimeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.250, 0.25 s",
        "9.996, 10 s",
        "41.003, 41 s",
        "59.6, 1 min",
        "252.0, 4 min 12 s",
        "3600, 1 h",
        "7512, 2 h 5 min",
        "90000, 1 d 1 h",
        "-4.2, minus 4.2 s"
    })
    void durations_are_written_in_their_two_largest_units(BigDecimal seconds, String words) {
        assertThat(HumanTime.duration(seconds)).isEqualTo(words);
    }

    @Test
    void instants_are_written_in_utc() {
        assertThat(HumanTime.instant(Instant.parse("2026-11-01T03:00:00.999Z"))).isEqualTo("2026-11-01 03:00:00 UTC");
    }
}
