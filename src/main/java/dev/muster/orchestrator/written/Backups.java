package dev.muster.orchestrator.written;

import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.evidence.record.WrittenRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Which backups a drill has tried, by their addresses, and whether each came back. What could not be tried says nothing
 * about a backup and is not here.
 */
record Backups(Map<String, Boolean> cameBack) {

    static Backups of(WrittenRecord record) {
        Map<String, Boolean> cameBack = new HashMap<>();
        record.attempts().forEach(attempt -> {
            JsonNode backups = attempt.path("backups");
            restored(backups, attempt.path("checks").valueStream().toList(), cameBack);
            note(backups.path(attempt.path("asset").asString("")), false, cameBack);
        });
        JsonNode chosen = record.recoveryPoint().path("backups");
        restored(chosen, record.checks(), cameBack);
        if (record.verdict().equals(Verdict.FAILED.name())) {
            unfetched(record, chosen, cameBack);
        }
        return new Backups(Map.copyOf(cameBack));
    }

    private static void restored(JsonNode backups, List<JsonNode> checks, Map<String, Boolean> cameBack) {
        backups.properties().forEach(backup -> {
            List<String> verdicts = checks.stream()
                    .filter(check -> check.path("step").asString("").equals("restore: " + backup.getKey()))
                    .map(check -> check.path("verdict").asString(""))
                    .toList();
            if (verdicts.contains(Verdict.FAILED.name())) {
                note(backup.getValue(), false, cameBack);
            } else if (!verdicts.isEmpty() && verdicts.stream().allMatch(Verdict.PASSED.name()::equals)) {
                note(backup.getValue(), true, cameBack);
            }
        });
    }

    /** In a drill that failed, a backup that was to be fetched and could not be read was the fault, or one. */
    private static void unfetched(WrittenRecord record, JsonNode chosen, Map<String, Boolean> cameBack) {
        chosen.properties().forEach(backup -> {
            String asset = backup.getKey();
            Predicate<JsonNode> fetching =
                    entry -> entry.path("stage").asString("").equals(Stage.FETCH.label())
                            && entry.path("work").asString("").equals("fetch: " + asset);
            boolean read = record.objectsRead()
                    .valueStream()
                    .anyMatch(object -> object.path("asset").asString("").equals(asset));
            if (!read && record.timeline().valueStream().anyMatch(fetching)) {
                note(backup.getValue(), false, cameBack);
            }
        });
    }

    /** Two assets can lie within one backup; it came back when both did. */
    private static void note(JsonNode backup, boolean back, Map<String, Boolean> cameBack) {
        Optional.of(backup.path("object").path("address").asString(""))
                .filter(address -> !address.isEmpty())
                .ifPresent(address -> cameBack.merge(address, back, Boolean::logicalAnd));
    }

    int tried() {
        return cameBack.size();
    }

    int restored() {
        return (int) cameBack.values().stream().filter(back -> back).count();
    }
}
