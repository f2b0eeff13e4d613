package dev.muster.drill;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A measured recovery point or time against its target. Absent means not measured, which is not a pass.
 *
 * @param formula from which instant to which instant, in words
 * @param inputs the instants and other values that went into it, by name
 */
public record Figure(
        Optional<Duration> target, Optional<Duration> achieved, String formula, Map<String, String> inputs) {
    public Figure {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** Whether the target is met; absent when there is no target or nothing was measured. */
    public Optional<Boolean> met() {
        return target.flatMap(limit -> achieved.map(value -> value.compareTo(limit) <= 0));
    }
}
