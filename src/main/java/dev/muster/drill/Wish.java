package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    /** The backups that are asked for; one of which the runbook knows nothing is refused. */
    public Map<Asset, String> named(Runbook runbook) {
        Map<Asset, String> named = new TreeMap<>();
        backups.forEach((label, id) -> named.put(asset(label, runbook), id));
        return named;
    }

    private static Asset asset(String label, Runbook runbook) {
        return runbook.backups().keySet().stream()
                .filter(asset -> asset.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.INVALID,
                        new Problem(
                                "The runbook has no backup called " + label,
                                "backups",
                                "Name one of: "
                                        + runbook.backups().keySet().stream()
                                                .map(Asset::label)
                                                .collect(Collectors.joining(", "))
                                        + ".")));
    }

    /** The drill as its runbook has it. */
    public static Wish of(String runbook) {
        return new Wish(runbook, Optional.empty(), Map.of(), Map.of(), Optional.empty());
    }
}
