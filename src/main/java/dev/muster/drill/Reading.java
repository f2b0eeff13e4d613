package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * One reading of the instant a backup is good for, with the words that say how it was obtained.
 *
 * @param at the instant; absent means not measured
 * @param formula how it was read, or why it could not be
 */
public record Reading(Optional<Instant> at, String formula) {

    public static Reading of(Instant at, String formula) {
        return new Reading(Optional.of(at), formula);
    }

    public static Reading none(String why) {
        return new Reading(Optional.empty(), why);
    }
}
