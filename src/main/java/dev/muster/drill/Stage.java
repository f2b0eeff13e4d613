package dev.muster.drill;

import java.util.Locale;

/** The stages of a drill, in their order. */
public enum Stage {
    PLAN,
    OPEN,
    FETCH,
    RESTORE,
    RECOVER,
    NEUTRALISE,
    START,
    CHECK,
    PROVE,
    HOLD,
    CLOSE,
    CONCLUDE,
    TELL;

    /** The stage's name as people read it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
