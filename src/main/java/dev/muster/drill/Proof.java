package dev.muster.drill;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the checks of a runbook are worth: which faults they catch.
 *
 * @param seed what every choice was drawn with; the same seed makes the same faults of the same backups
 * @param control the verdict of the run without a fault; without a pass nothing is proven
 * @param detections one for each fault, the escapes first
 * @param atLeast the least score that the runbook demands, in percent
 */
public record Proof(long seed, Verdict control, List<Detection> detections, OptionalInt atLeast) {
    private static final int WHOLE = 100;

    public Proof {
        detections = detections.stream()
                .sorted(Comparator.comparing(Detection::outcome))
                .toList();
    }

    /** How many faults could be made. */
    public long applicable() {
        return detections.stream().filter(one -> one.outcome().counted()).count();
    }

    /** How many of them would have failed the drill. */
    public long caught() {
        return detections.stream().filter(one -> one.outcome().caught()).count();
    }

    /** The caught ones among those that could be made, from 0 to 1; absent when nothing was proven. */
    public Optional<Double> score() {
        return control == Verdict.PASSED && applicable() > 0
                ? Optional.of((double) caught() / applicable())
                : Optional.empty();
    }

    /** Whether the runbook demands more than this; what was not proven is never enough. */
    public boolean tooLow() {
        return atLeast.isPresent()
                && score().filter(reached -> reached * WHOLE >= atLeast.getAsInt())
                        .isEmpty();
    }
}
