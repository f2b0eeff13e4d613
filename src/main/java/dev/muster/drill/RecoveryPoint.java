package dev.muster.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backups, one per asset, that a drill restores together, and every candidate with the reason for its fate. */
public record RecoveryPoint(Instant disaster, Map<Asset, Backup> backups, List<Candidate> candidates) {
    public RecoveryPoint {
        backups = Collections.unmodifiableMap(new TreeMap<>(backups));
        candidates = List.copyOf(candidates);
    }

    /** How many bytes are fetched for it. */
    public long bytes() {
        return backups.values().stream()
                .filter(backup -> backup.source().within().isEmpty())
                .mapToLong(Backup::bytes)
                .sum();
    }
}
