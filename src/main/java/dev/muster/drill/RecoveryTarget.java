package dev.muster.drill;

import java.util.Locale;

/**
 * How far a write-ahead log is replayed.
 *
 * @param value the instant, position, transaction or name; empty for kinds that need none
 */
public record RecoveryTarget(Kind kind, String value) {
    /** All that was committed up to the disaster instant. */
    public static final RecoveryTarget UP_TO_THE_DISASTER = new RecoveryTarget(Kind.DISASTER, "");

    /** What a target is told by. */
    public enum Kind {
        /** The disaster instant; a log that ends earlier is replayed to its end. */
        DISASTER,
        /** An instant that the log has to reach. */
        TIME,
        LSN,
        XID,
        /** A restore point that was made by name. */
        NAME,
        /** The end of the log. */
        LATEST;

        /** The kind's name as runbooks write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads it as runbooks write it: {@code latest}, or a kind and its value with a space between. */
    public static RecoveryTarget of(String text) {
        String[] words = text.strip().split("\\s+", 2);
        return new RecoveryTarget(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), words.length == 1 ? "" : words[1].strip());
    }

    @Override
    public String toString() {
        return (kind.label() + " " + value).strip();
    }
}
