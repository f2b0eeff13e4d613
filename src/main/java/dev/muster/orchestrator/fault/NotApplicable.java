package dev.muster.orchestrator.fault;

/** A fault cannot be made here, since what it would break is not there. */
public final class NotApplicable extends Exception {
    private static final long serialVersionUID = 1;

    /** @param reason as it continues "not applicable, because" */
    NotApplicable(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
