package dev.muster.drill;

import java.util.Locale;

/** Who may read a drill's evidence. */
public enum Classification {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** As runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
