package dev.muster.catalog.figures;

import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One drill in the series of its system: everything that figures over time are made of.
 *
 * @param measured against the targets of that time
 * @param stages how long each stage took; what was done side by side takes its time once
 * @param bytes how much was fetched from the vaults
 * @param machine what the drill ran on, the same text for the same kind of machine
 * @param disaster the moment production was taken to have vanished
 * @param backupsTried how many backups it tried to bring back, those included that it walked back from
 * @param backupsRestored how many of them came back
 * @param checks how many checks came to each verdict
 * @param detection which part of the faults that were made its checks caught, from 0 to 1; absent when nothing was
 *     proven of them
 */
public record DrillFigures(
        Outcome outcome,
        Measured measured,
        Map<Stage, Duration> stages,
        OptionalLong bytes,
        Optional<String> machine,
        Instant disaster,
        int backupsTried,
        int backupsRestored,
        Map<Verdict, Integer> checks,
        OptionalDouble detection) {
    public DrillFigures {
        stages = Collections.unmodifiableMap(new TreeMap<>(stages));
        Map<Verdict, Integer> counted = new EnumMap<>(Verdict.class);
        counted.putAll(checks);
        checks = Collections.unmodifiableMap(counted);
    }

    /** A drill of which only times and sizes are known. */
    public DrillFigures(
            Outcome outcome,
            Measured measured,
            Map<Stage, Duration> stages,
            OptionalLong bytes,
            Optional<String> machine) {
        this(outcome, measured, stages, bytes, machine, outcome.ended(), 0, 0, Map.of(), OptionalDouble.empty());
    }
}
