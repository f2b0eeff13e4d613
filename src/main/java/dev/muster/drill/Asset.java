package dev.muster.drill;

import java.util.Locale;

/** The parts of a system that are backed up each on its own. */
public enum Asset {
    DATABASE,
    FILESTORE,
    CONFIGURATION;

    /** The asset's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
