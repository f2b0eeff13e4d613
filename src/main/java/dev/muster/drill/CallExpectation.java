package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a call must answer.
 *
 * @param status the status of HTTP, or the exit code of a program
 * @param contains what stands somewhere in the body
 * @param sha1 the digest of the body's bytes
 * @param values by path, the value as text, or {@link #GIVEN} for any that is not empty
 */
public record CallExpectation(
        OptionalInt status, Optional<String> contains, Optional<String> sha1, Map<String, String> values) {
    public static final String GIVEN = "set";

    public CallExpectation {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
