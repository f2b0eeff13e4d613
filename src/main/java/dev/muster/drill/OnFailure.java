package dev.muster.drill;

import java.util.Locale;

/** What a drill does when the backup that it chose cannot be restored. */
public enum OnFailure {
    /** It ends. */
    STOP,
    /** It walks back to the newest older one that can. */
    PREVIOUS;

    /** The choice's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
