package dev.muster.evidence.bundle;

import dev.muster.drill.Problem;
import java.util.List;

/**
 * What came out when a bundle was checked.
 *
 * @param lines what was checked and found right, a sentence each
 * @param problems what was found wrong; empty exactly when the outcome is VALID
 */
public record Verification(Outcome outcome, List<String> lines, List<Problem> problems) {
    public Verification {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** How much a bundle can be relied on. */
    public enum Outcome {
        VALID,
        /** Something in it is not as it was signed. */
        INVALID,
        /** Nothing is wrong with it, but nobody who is trusted has signed it. */
        NOT_TRUSTED
    }
}
