package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;

/** One stretch of work in a drill. Entries of one stage may overlap. */
public record TimelineEntry(Stage stage, String work, Instant started, Instant finished) {

    public Duration took() {
        return Duration.between(started, finished);
    }
}
