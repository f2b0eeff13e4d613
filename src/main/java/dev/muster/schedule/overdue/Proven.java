package dev.muster.schedule.overdue;

import dev.muster.catalog.figures.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a system is proven.
 *
 * @param last its latest drill that passed
 * @param promised the longest time between two of those, the shortest promise of its runbooks
 * @param until when it becomes overdue unless a drill passes before, or did
 * @param changed whether the runbook of that drill is another one now, so that nothing is proven since; absent when
 *     nobody knows
 */
public record Proven(
        String system,
        Optional<Outcome> last,
        Optional<Duration> promised,
        Optional<Instant> until,
        Optional<Boolean> changed) {

    public boolean overdue(Instant now) {
        return until.filter(now::isAfter).isPresent();
    }
}
