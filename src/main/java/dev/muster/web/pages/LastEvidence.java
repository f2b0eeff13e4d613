package dev.muster.web.pages;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the bundle of one drill says of its recovery point and of what it found. */
final class LastEvidence {
    private final Path bundle;
    private final WrittenRecord record;
    private final Words words;

    private LastEvidence(Path bundle, WrittenRecord record, Words words) {
        this.bundle = bundle;
        this.record = record;
        this.words = words;
    }

    /** Absent when there is no bundle, or none that can be read: the drill's own page says why. */
    static Optional<LastEvidence> of(DrillSummary drill, Words words) {
        try {
            return drill.bundle()
                    .map(Path::of)
                    .flatMap(bundle -> Json.read(
                                    BundleFile.read(bundle).files().getOrDefault(Bundle.DOCUMENT, new byte[0]))
                            .map(document -> new LastEvidence(bundle, new WrittenRecord(document), words)));
        } catch (CouldNotRun unreadable) {
            return Optional.empty();
        }
    }

    /** What was restored: each asset's backup, and the instant for which it was proven to be good. */
    List<Map<String, Object>> backups() {
        List<Map<String, Object>> backups = new ArrayList<>();
        JsonNode readings = record.measurements().path("readings");
        record.recoveryPoint().path("backups").forEachEntry((asset, backup) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("asset", asset);
            row.put("format", backup.path("format").asString(""));
            row.put("address", backup.path("object").path("address").asString(""));
            for (String reading : List.of("claimed", "proven", "seen")) {
                instant(readings.path(asset).path(reading).path("at"))
                        .ifPresent(at -> row.put(reading, words.moment(at)));
                row.put(
                        reading + "How",
                        readings.path(asset).path(reading).path("formula").asString(""));
            }
            backups.add(row);
        });
        return backups;
    }

    /** What was found and nobody has dealt with yet. */
    List<Map<String, Object>> openFindings() {
        Set<String> closed = FollowUps.beside(bundle).closed();
        List<Map<String, Object>> open = new ArrayList<>();
        for (JsonNode finding : record.document().path("findings").path("findings")) {
            String what = finding.path("what").asString("");
            if (!closed.contains(what)) {
                open.add(Map.of(
                        "severity", finding.path("severity").asString(""),
                        "what", what,
                        "where", finding.path("where").asString(""),
                        "remedy", finding.path("remedy").asString("")));
            }
        }
        return open;
    }

    private static Optional<Instant> instant(JsonNode node) {
        try {
            return node.isString() ? Optional.of(Instant.parse(node.asString(""))) : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
