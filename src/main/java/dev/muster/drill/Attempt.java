package dev.muster.drill;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An attempt to restore that failed and that the drill walked back from.
 *
 * @param number counts from one
 * @param asset the one whose backup did not come back
 * @param backups what was to be restored together
 * @param problem why it did not come back
 * @param checks what had been asked until then
 * @param teardown what became of this attempt's scratch
 */
public record Attempt(
        int number,
        Asset asset,
        Map<Asset, Backup> backups,
        Problem problem,
        List<CheckResult> checks,
        Optional<TeardownReceipt> teardown) {
    public Attempt {
        backups = Collections.unmodifiableMap(new TreeMap<>(backups));
        checks = List.copyOf(checks);
    }

    /** The backup that did not come back. */
    public Optional<Backup> failed() {
        return Optional.ofNullable(backups.get(asset));
    }
}
