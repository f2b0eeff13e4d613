package dev.muster.drill;

import java.util.Locale;

/** How a backup is chosen among its candidates. */
public enum Selection {
    /** The newest complete one that is not after the disaster instant. */
    NEWEST,
    /** The oldest complete one: how far back the backups really reach. */
    OLDEST,
    /** One that is drawn by a seed, of all complete ones that are not after the disaster instant. */
    RANDOM,
    /** The one that belongs to the chosen database backup. */
    MATCHING;

    /** The selection's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
