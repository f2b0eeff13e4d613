package dev.muster.drill;

import java.util.Locale;

/** How a backup is chosen among its candidates. */
public enum Selection {
    /** The newest complete one that is not after the disaster instant. */
    NEWEST,
    /** The one that belongs to the chosen database backup. */
    MATCHING;

    /** The selection's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
