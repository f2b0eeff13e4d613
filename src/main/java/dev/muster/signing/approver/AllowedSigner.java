package dev.muster.signing.approver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of a file of allowed signers.
 *
 * @param principals who this is: names or patterns with {@code *}, {@code ?} and a leading {@code !}
 * @param purposes patterns of what the key may sign for; empty when that is anything
 */
record AllowedSigner(
        List<String> principals,
        List<String> purposes,
        Optional<Instant> validAfter,
        Optional<Instant> validBefore,
        PersonalKey key) {
    AllowedSigner {
        principals = List.copyOf(principals);
        purposes = List.copyOf(purposes);
    }

    String name() {
        return principals.get(0);
    }

    boolean is(String name) {
        return matches(principals, name);
    }

    /** Why this line does not allow a signature for a purpose at an instant; empty when it does. */
    Optional<String> objection(String purpose, Instant at) {
        if (!purposes.isEmpty() && !matches(purposes, purpose)) {
            return Optional.of("its key may not sign for " + purpose);
        }
        if (validAfter.filter(at::isBefore).isPresent()) {
            return Optional.of("its key is valid from " + validAfter.get() + " on only");
        }
        if (validBefore.filter(end -> !at.isBefore(end)).isPresent()) {
            return Optional.of("its key was valid until " + validBefore.get() + " only");
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> patterns, String text) {
        boolean matched = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (form(negated ? pattern.substring(1) : pattern).matcher(text).matches()) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    private static Pattern form(String pattern) {
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }
}
