package dev.muster.cli;

import dev.muster.drill.Asset;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.runbook.Amounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was typed on the command line, as a request for a drill. */
final class Requests {
    private Requests() {}

    static DrillRequest of(
            Runbook runbook,
            Optional<String> at,
            Map<String, String> backups,
            Map<String, String> overrides,
            Optional<String> keep,
            DrillRequest.Trigger trigger,
            Clock clock) {
        Instant now = clock.instant();
        Instant disaster = at.map(Requests::instant).orElse(now);
        if (disaster.isAfter(now)) {
            throw new WrongUsage(new Problem(
                    "The disaster instant " + disaster + " lies in the future", "--at", "Give an instant up to now."));
        }
        Map<Asset, String> named = new EnumMap<>(Asset.class);
        backups.forEach((asset, id) -> named.put(asset(asset, runbook), id));
        return new DrillRequest(
                runbook, disaster, user(), trigger, named, overrides, keep.map(text -> duration(text, "--keep")));
    }

    /** Who sits at this terminal, as far as the machine knows. */
    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    static Duration duration(String text, String flag) {
        return Amounts.duration(text)
                .orElseThrow(() -> new WrongUsage(
                        new Problem("\"" + text + "\" is no duration", flag, "Write it like 90s, 15m, 4h or 2d.")));
    }

    static Instant instant(String text) {
        return Amounts.instant(text)
                .orElseThrow(() -> new WrongUsage(new Problem(
                        "\"" + text + "\" is no instant",
                        "--at",
                        "Write it with its zone, like 2026-11-20T02:00:00Z or 2026-11-20T03:00:00+01:00.")));
    }

    private static Asset asset(String label, Runbook runbook) {
        return Arrays.stream(Asset.values())
                .filter(asset ->
                        asset.label().equals(label) && runbook.backups().containsKey(asset))
                .findFirst()
                .orElseThrow(() -> new WrongUsage(new Problem(
                        "The runbook has no backup called " + label,
                        "--backup",
                        "Name one of: "
                                + runbook.backups().keySet().stream()
                                        .map(Asset::label)
                                        .collect(Collectors.joining(", "))
                                + ".")));
    }
}
