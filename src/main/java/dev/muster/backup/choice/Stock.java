package dev.muster.backup.choice;

import dev.muster.backup.format.Layout;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import java.util.List;
import java.util.Optional;

/**
 * What lies where a runbook looks for the backups of one asset.
 *
 * @param layout absent where they lie within those of another asset
 * @param candidates all of them, each looked into, the newest first
 */
public record Stock(BackupSource source, Optional<Layout> layout, List<Candidate> candidates) {
    public Stock {
        candidates = List.copyOf(candidates);
    }
}
