package dev.muster.outlook.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * One measured value of a series.
 *
 * @param bytes how much the drill fetched, where the value depends on it
 */
public record Point(String drill, Instant at, Duration value, OptionalLong bytes) {
    /** Gaps are times: how far two drills are apart counts, not how many are between them. */
    double days(Instant until) {
        return Duration.between(at, until).toMillis()
                / (double) Duration.ofDays(1).toMillis();
    }

    /** What took no time at all has no logarithm. */
    double seconds() {
        return Math.max(1, value.toMillis()) / 1000.0;
    }
}
