package dev.muster.outlook;

import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a system stands at a moment.
 *
 * @param runbooks its runbooks of today; none when only past drills know the system
 * @param lastPassed its newest drill that passed
 * @param promise the longest time that may pass between two drills that passed
 * @param changed the names of runbooks that are not what they were when they passed last
 * @param outcomes the newest drill of each runbook that passed, newest first
 */
public record Standing(
        String system,
        State state,
        List<Runbook> runbooks,
        Optional<Outcome> lastPassed,
        Optional<Duration> promise,
        List<String> changed,
        List<Outcome> outcomes) {
    public Standing {
        runbooks = List.copyOf(runbooks);
        changed = List.copyOf(changed);
        outcomes = List.copyOf(outcomes);
    }

    /** How it stands, the worst first. */
    public enum State {
        NEVER_PROVEN,
        OVERDUE,
        NOT_PROVEN_SINCE_CHANGE,
        /** It has passed, but nobody promised how often it would. */
        NO_PROMISE,
        PROVEN
    }

    /** A system that no runbook knows any more and that never passed. */
    public static Standing without(String system) {
        return new Standing(
                system, State.NEVER_PROVEN, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /** Since when a drill should have passed; absent as long as one has in time. */
    public Optional<Instant> overdueSince() {
        return state == State.OVERDUE ? provenUntil() : Optional.empty();
    }

    /** When the promise ends, or ended. */
    public Optional<Instant> provenUntil() {
        return lastPassed.flatMap(passed -> promise.map(passed.ended()::plus));
    }
}
