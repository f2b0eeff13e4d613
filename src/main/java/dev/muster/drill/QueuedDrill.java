package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * A drill that was asked for, from the wish to its end.
 *
 * @param slot the slot that it fills; absent when a person asked
 * @param attempt one, and one more each time it is tried again
 * @param approvedBy who agreed, where the runbook wants that
 * @param process the process that conducts it
 * @param waitsFor why it has not begun, in words
 * @param stop who wants it stopped, and why
 */
public record QueuedDrill(
        String drill,
        String runbook,
        String system,
        Optional<Instant> slot,
        int attempt,
        Instant askedAt,
        String askedBy,
        DrillRequest.Trigger trigger,
        Wish wish,
        State state,
        Optional<String> approvedBy,
        Optional<String> process,
        Optional<Instant> startedAt,
        Optional<String> waitsFor,
        Optional<String> stop) {

    /** How far it is. */
    public enum State {
        AWAITING_APPROVAL,
        WAITING,
        RUNNING,
        /** It has come to a verdict, which the catalog knows. */
        ENDED,
        /** It was taken back before it began. */
        WITHDRAWN;

        /** Whether it may still come to something. */
        public boolean open() {
            return this != ENDED && this != WITHDRAWN;
        }
    }
}
