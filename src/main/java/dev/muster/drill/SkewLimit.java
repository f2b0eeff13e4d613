package dev.muster.drill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a filestore and its database may lie apart in time.
 *
 * @param atMost the longest time between them, whichever is newer
 * @param files the most files that may be missing because of it
 * @param slack the longest that a transaction takes: rows bear the instant at which theirs began
 */
public record SkewLimit(Duration atMost, OptionalLong files, Duration slack) {
    /** What transactions get whose runbook says nothing about them. */
    public static final Duration USUAL_SLACK = Duration.ofMinutes(5);

    /** Nothing may be missing. */
    public static final SkewLimit NONE = new SkewLimit(Duration.ZERO, OptionalLong.of(0), USUAL_SLACK);
}
