package dev.muster.drill;

import java.util.List;

/**
 * What became of one fault.
 *
 * @param made what exactly was made wrong; empty when it could not be made
 * @param caughtBy the checks and objectives that spoke, in the order in which they did
 * @param reason why the fault does not apply, or why nobody can tell whether it would be caught; else empty
 */
public record Detection(Fault fault, Outcome outcome, String made, List<String> caughtBy, String reason) {
    public Detection {
        caughtBy = List.copyOf(caughtBy);
    }

    /** How a drill stands to a fault. */
    public enum Outcome {
        /** The drill would have passed. */
        ESCAPED,
        /** The drill would have ended without a verdict, and for another reason than the fault. */
        UNKNOWN,
        /** The drill would have failed, but by nothing that is there for this fault. */
        LATE,
        /** The drill would have failed by a check that is there for this fault. */
        CAUGHT,
        /** The fault could not be made in these backups. */
        NOT_APPLICABLE;

        /** Whether the drill would have failed. */
        public boolean caught() {
            return this == CAUGHT || this == LATE;
        }

        /** Whether it counts for the score. */
        public boolean counted() {
            return this != NOT_APPLICABLE;
        }
    }
}
