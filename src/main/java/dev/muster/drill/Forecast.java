package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What past drills let one expect of a figure, at one moment to come.
 *
 * @param system whose figure it is
 * @param process the business process; absent for the whole system
 * @param stage the stage whose share of the recovery time it is; absent for the whole figure
 * @param at the moment that is meant
 * @param expected the middle of what is to be expected
 * @param low nineteen of twenty outcomes are at least this
 * @param high nineteen of twenty outcomes are at most this
 * @param target what was promised, where that is known
 * @param breach when the target is going to be missed; absent when that cannot be said, or never
 * @param drills on how many drills it rests
 * @param formula how it was found, in words
 */
public record Forecast(
        String system,
        Optional<String> process,
        Of of,
        Optional<Stage> stage,
        Instant at,
        Duration expected,
        Duration low,
        Duration high,
        Optional<Duration> target,
        Optional<Instant> breach,
        int drills,
        String formula) {

    /** Which figure. */
    public enum Of {
        RPO,
        RTO
    }
}
