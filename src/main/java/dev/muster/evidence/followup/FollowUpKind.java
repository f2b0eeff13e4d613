package dev.muster.evidence.followup;

/** What can follow a bundle. */
public enum FollowUpKind {
    /** Somebody looks after a finding. */
    ACTION("action"),
    /** A finding is dealt with. */
    CLOSING("closing"),
    /** A reviewer has read the bundle and says so. */
    SIGN_OFF("sign-off"),
    /** The timestamp that could not be had at the time. */
    TIMESTAMP("timestamp"),
    /** Written by a newer Muster. */
    UNKNOWN("unknown");

    private final String label;

    FollowUpKind(String label) {
        this.label = label;
    }

    /** How it is called in files and on pages. */
    public String label() {
        return label;
    }

    static FollowUpKind of(String label) {
        for (FollowUpKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
