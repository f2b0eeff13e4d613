package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * A moment at which a runbook was or is due.
 *
 * @param due the moment that its schedule says, without jitter
 * @param state what became of it so far
 * @param why the forbidden window, or the reason for which it was missed
 * @param drill the drill that fills or filled it
 */
public record Slot(
        String runbook, String system, Instant due, State state, Optional<String> why, Optional<String> drill) {

    /** What became of a slot. Each ends as {@code TAKEN}, {@code MISSED} or {@code FORBIDDEN}. */
    public enum State {
        COMING,
        TAKEN,
        MISSED,
        FORBIDDEN
    }
}
