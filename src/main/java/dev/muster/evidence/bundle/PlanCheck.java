package dev.muster.evidence.bundle;

import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a drill has committed to in the ledger before it looked at anything, against what its record says. */
final class PlanCheck {
    /** Whose process it was, and which faults were to be made: no part of what a record repeats. */
    private static final Set<String> NOT_REPEATED = Set.of("host", "process", "process started", "kind", "faults");

    private PlanCheck() {}

    /** Each point in which they differ; absent when the line of the plan did not come along. */
    static Optional<List<String>> differences(WrittenRecord record, String ledgerLines) {
        return ledgerLines
                .lines()
                .flatMap(line -> Json.read(Bundle.utf8(line)).stream())
                .filter(event -> event.path("kind").asString("").equals("PLANNED"))
                .findFirst()
                .map(event -> differences(committed(event), recorded(record)));
    }

    private static Map<String, String> committed(JsonNode planned) {
        Map<String, String> committed = new TreeMap<>();
        planned.path("details")
                .properties()
                .forEach(detail ->
                        committed.put(detail.getKey(), detail.getValue().asString("")));
        committed.keySet().removeAll(NOT_REPEATED);
        committed.put("drill", planned.path("drill").asString(""));
        return committed;
    }

    private static Map<String, String> recorded(WrittenRecord record) {
        Map<String, String> recorded = new TreeMap<>();
        recorded.put("drill", record.drill());
        recorded.put("system", record.system());
        recorded.put("runbook", record.runbook().path("name").asString(""));
        recorded.put("runbook sha256", record.runbook().path("sha256").asString(""));
        recorded.put("disaster", record.scenario().path("disaster").asString(""));
        recorded.put("requested by", record.people().path("operator").asString(""));
        recorded.put("trigger", record.people().path("trigger").asString(""));
        each(record.recoveryPoint().path("rule"), "choice ", recorded);
        each(record.scenario().path("overrides"), "set ", recorded);
        text(record.recoveryPoint().path("seed")).ifPresent(seed -> recorded.put("seed", seed));
        text(record.faultSeed()).ifPresent(seed -> recorded.put("fault seed", seed));
        text(record.people().path("slot")).ifPresent(slot -> recorded.put("slot", slot));
        text(record.people().path("startApprovedBy")).ifPresent(by -> recorded.put("approved by", by));
        text(record.supersedes()).ifPresent(earlier -> recorded.put("supersedes", earlier));
        return recorded;
    }

    private static void each(JsonNode values, String prefix, Map<String, String> recorded) {
        values.properties()
                .forEach(value ->
                        recorded.put(prefix + value.getKey(), value.getValue().asString("")));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static List<String> differences(Map<String, String> committed, Map<String, String> recorded) {
        if (!recorded.containsKey("fault seed")) {
            // A drill that never came as far as its faults has no seed to show.
            committed.remove("fault seed");
        }
        Set<String> names = new TreeSet<>(committed.keySet());
        names.addAll(recorded.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(committed.get(name), recorded.get(name))) {
                differences.add(name + " was " + committed.getOrDefault(name, "nothing")
                        + " when it was planned, and is " + recorded.getOrDefault(name, "nothing")
                        + " in the record");
            }
        }
        return differences;
    }
}
