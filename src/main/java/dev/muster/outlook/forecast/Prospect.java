package dev.muster.outlook.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the series of a figure goes on, and when that leads past a target. */
record Prospect(Series series, Course course) {
    private static final Duration FURTHEST = Duration.ofDays(3 * 365);
    /** With fewer drills, part of a season looks like growth. */
    private static final int DRILLS_FOR_A_DATE = 10;

    static Optional<Prospect> of(Series series) {
        return series.course().map(course -> new Prospect(series, course));
    }

    /**
     * When a target is missed.
     *
     * @param earliest when the upper edge of what is to be expected passes it
     * @param measured whether it is missed already, and nothing of this is forecast
     */
    record Breach(Instant at, Instant earliest, boolean measured) {}

    Band band(Instant moment) {
        double day = series.day(moment);
        return Band.around(course.middle(day), course.above(day), course.below(day));
    }

    /** The drills that it rests on. */
    List<Point> used() {
        return series.newest(course.drills());
    }

    /** The time from the first to the last of them. */
    Duration span() {
        return Duration.between(used().get(0).at(), series.last());
    }

    Optional<Breach> breach(Duration target, Instant now) {
        if (band(now).middle().compareTo(target) > 0) {
            return series.missedSince(target).map(since -> new Breach(since, since, true));
        }
        if (!course.rises() || course.drills() < DRILLS_FOR_A_DATE) {
            return Optional.empty();
        }
        Duration twice = span().multipliedBy(2);
        Instant horizon = series.last().plus(twice.compareTo(FURTHEST) < 0 ? twice : FURTHEST);
        return passes(Band::middle, target, now, horizon)
                .filter(at -> band(at).says())
                .map(at -> new Breach(at, passes(Band::high, target, now, at).orElse(at), false));
    }

    /** The first day on which an edge lies above the target. */
    private Optional<Instant> passes(Function<Band, Duration> edge, Duration target, Instant from, Instant until) {
        if (!from.isBefore(until) || edge.apply(band(until)).compareTo(target) <= 0) {
            return Optional.empty();
        }
        Instant below = from;
        Instant above = until;
        while (Duration.between(below, above).compareTo(Duration.ofDays(1)) > 0) {
            Instant middle = below.plus(Duration.between(below, above).dividedBy(2));
            if (edge.apply(band(middle)).compareTo(target) > 0) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return Optional.of(above);
    }
}
