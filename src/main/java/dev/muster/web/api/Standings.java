package dev.muster.web.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Knows how each system stands. */
public interface Standings {
    Map<String, Standing> bySystem();

    /**
     * How a system stands; what is absent is not known, or there is no such thing.
     *
     * @param lastProven when a drill of it passed
     * @param overdueSince since when one should have passed
     * @param notProvenSinceChange whether a runbook of it has changed since
     */
    record Standing(
            Optional<Instant> lastProven, Optional<Instant> overdueSince, Optional<Boolean> notProvenSinceChange) {
        static final Standing UNKNOWN = new Standing(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
