package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A wish for one drill.
 *
 * @param disaster the moment production is taken to have vanished
 * @param named backups that were asked for by key instead of by the runbook's rule
 * @param overrides runbook values that were set on the command line
 * @param keep how long the scratch stays open after the checks; absent means it goes at once
 * @param queued how it was asked for in the queue; absent when it was begun at once
 */
public record DrillRequest(
        Runbook runbook,
        Instant disaster,
        String requestedBy,
        Trigger trigger,
        Map<Asset, String> named,
        Map<String, String> overrides,
        Optional<Duration> keep,
        Optional<QueuedDrill> queued) {
    public DrillRequest {
        named = Collections.unmodifiableMap(new TreeMap<>(named));
        overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
    }

    /** A drill that is begun at once. */
    public DrillRequest(
            Runbook runbook,
            Instant disaster,
            String requestedBy,
            Trigger trigger,
            Map<Asset, String> named,
            Map<String, String> overrides,
            Optional<Duration> keep) {
        this(runbook, disaster, requestedBy, trigger, named, overrides, keep, Optional.empty());
    }

    /** By which rule the backup of each asset is chosen, in words. */
    public Map<Asset, String> choices() {
        Map<Asset, String> choices = new TreeMap<>();
        runbook.backups()
                .forEach((asset, source) -> choices.put(asset, source.select().label()));
        named.forEach((asset, name) -> choices.put(asset, "named " + name));
        return choices;
    }

    /** Whether a backup is drawn at random, for which the drill's own name is the seed. */
    public boolean drawsLots() {
        return runbook.backups().values().stream()
                .filter(source -> source.within().isEmpty() && !named.containsKey(source.asset()))
                .anyMatch(source -> source.select() == Selection.RANDOM);
    }

    /** Who or what asks. */
    public enum Trigger {
        OPERATOR,
        SCHEDULE,
        DEMONSTRATION
    }
}
