package dev.muster.web.pages;

import dev.muster.evidence.bundle.Verification;
import java.util.Map;

/** What came out when evidence was verified, as pages show it. */
public final class VerificationInWords {
    private VerificationInWords() {}

    /** {@code outcome}, what was found right as {@code lines}, and what was found wrong as {@code problems}. */
    public static Map<String, Object> of(Verification verification) {
        return Map.of(
                "outcome", verification.outcome().name(),
                "lines", verification.lines(),
                "problems", verification.problems().stream().map(Words::problem).toList());
    }
}
