package dev.muster.drill;

/** The kinds of events in the ledger. */
public enum EventKind {
    PLANNED,
    STARTED,
    FINISHED,
    REFUSED,
    ABORTED,
    MISSED,
    SCRATCH_REMOVED,
    BASELINE_MADE,
    KEY_ROTATED,
    EVIDENCE_COMPLETED,
    ACTION_NOTED,
    SIGNED_OFF,
    FINDING_CLOSED,
    HEARTBEAT;

    /** Whether this event ends a drill. */
    public boolean terminal() {
        return this == FINISHED || this == REFUSED || this == ABORTED || this == MISSED;
    }
}
