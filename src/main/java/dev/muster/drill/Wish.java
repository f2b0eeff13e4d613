package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody asks of a drill, before its runbook is read: all of it can be written down and read again.
 *
 * @param runbook the name of the runbook
 * @param at the disaster instant; absent means the start of the slot, or the moment the drill begins
 * @param backups backups by the label of their asset, instead of those that the runbook would choose
 * @param overrides runbook values that are to be set
 * @param keep how long the scratch stays open after the checks
 */
public record Wish(
        String runbook,
        Optional<Instant> at,
        Map<String, String> backups,
        Map<String, String> overrides,
        Optional<Duration> keep) {
    public Wish {
        backups = Collections.unmodifiableMap(new TreeMap<>(backups));
        overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
    }

    /** The drill as its runbook has it. */
    public static Wish of(String runbook) {
        return new Wish(runbook, Optional.empty(), Map.of(), Map.of(), Optional.empty());
    }
}
