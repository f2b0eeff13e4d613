package dev.muster.catalog.figures;

import dev.muster.drill.ProcessFigures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one drill measured, against the targets of its own time.
 *
 * @param system the figures of the whole system; absent for drills of before these were kept
 * @param processes by name
 */
public record Measured(Optional<ProcessFigures> system, Map<String, ProcessFigures> processes) {
    /** Nothing is known. */
    public static final Measured NOTHING = new Measured(Optional.empty(), Map.of());

    public Measured {
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
    }
}
