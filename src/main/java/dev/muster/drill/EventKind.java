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
    HEARTBEAT,
    /** A slot lay in a forbidden window. */
    FORBIDDEN,
    /** Somebody agreed to a drill that somebody else had asked for. */
    APPROVED,
    /** No drill of a system has passed within the time that was promised. */
    OVERDUE,
    /** Tenants of a fleet were chosen for a slot. */
    SAMPLED,
    /** Somebody did something: the audit log. */
    ACTED;

    /** Whether this event ends a drill. */
    public boolean terminal() {
        return this == FINISHED || this == REFUSED || this == ABORTED || this == MISSED;
    }
}
