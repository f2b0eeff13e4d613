package dev.muster.drill;

import java.util.Locale;

/** How much hangs on a system. */
public enum Criticality {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** As runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
