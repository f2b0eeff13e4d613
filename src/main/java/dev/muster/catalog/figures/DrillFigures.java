package dev.muster.catalog.figures;

import dev.muster.drill.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One drill in the series of its system: everything that figures over time are made of.
 *
 * @param measured against the targets of that time
 * @param stages how long each stage took; what was done side by side takes its time once
 * @param bytes how much was fetched from the vaults
 * @param machine what the drill ran on, the same text for the same kind of machine
 */
public record DrillFigures(
        Outcome outcome, Measured measured, Map<Stage, Duration> stages, OptionalLong bytes, Optional<String> machine) {
    public DrillFigures {
        stages = Collections.unmodifiableMap(new TreeMap<>(stages));
    }
}
