package dev.muster.outlook.forecast;

import java.time.Duration;

/**
 * What is to be expected of a figure at a moment.
 *
 * @param low nineteen of twenty outcomes are at least this
 * @param high nineteen of twenty outcomes are at most this
 */
public record Band(Duration low, Duration middle, Duration high) {
    /** Where the high end is this many times the low one, nothing is said. */
    private static final int TOO_WIDE = 10;

    static Band around(double middleSeconds, double above, double below) {
        return new Band(
                duration(middleSeconds / Math.exp(below)),
                duration(middleSeconds),
                duration(middleSeconds * Math.exp(above)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    boolean says() {
        return high.compareTo(low.multipliedBy(TOO_WIDE)) < 0;
    }
}
