package dev.muster.evidence.report;

import dev.muster.evidence.record.WrittenRecord;
import dev.muster.template.Legible;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a record comes to, in words: the first page of a report. */
final class Conclusion {
    private final WrittenRecord record;
    private final LocalWriting writing;
    private final int missed;
    private final boolean unmeasured;
    private final Map<String, Integer> checks = new TreeMap<>();

    private Conclusion(WrittenRecord record, LocalWriting writing) {
        this.record = record;
        this.writing = writing;
        this.missed = (int) record.objectives()
                .valueStream()
                .filter(objective -> objective.path("met").isBoolean()
                        && !objective.path("met").booleanValue())
                .count();
        this.unmeasured = record.objectives()
                .valueStream()
                .anyMatch(objective -> objective.path("achievedSeconds").isNull());
        record.checks().forEach(check -> checks.merge(check.path("verdict").asString(""), 1, Integer::sum));
    }

    static Conclusion of(WrittenRecord record, LocalWriting writing) {
        return new Conclusion(record, writing);
    }

    Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("word", word());
        words.put("symbol", symbol(record.verdict()));
        words.put("meaning", meaning());
        words.put("limits", record.doesNotShow().stream().map(Legible::of).toList());
        words.put("checksPassed", count("PASSED"));
        words.put("checks", record.checks().size());
        JsonNode caught = record.document().path("findings").path("detection").path("score");
        words.put("caughtPercent", caught.isNumber() ? writing.percent(caught.decimalValue()) : "");
        return words;
    }

    private String word() {
        return switch (record.verdict()) {
            case "PASSED" -> "Passed";
            case "FAILED" -> "Failed";
            case "COULD_NOT_RUN" -> "Could not run";
            default -> "Aborted";
        };
    }

    static String symbol(String verdict) {
        return switch (verdict) {
            case "PASSED" -> "✓";
            case "FAILED" -> "✕";
            case "COULD_NOT_RUN" -> "?";
            default -> "■";
        };
    }

    private String meaning() {
        return switch (record.verdict()) {
            case "PASSED" ->
                "The backups were restored into a scratch environment, every check passed, and "
                        + (unmeasured ? "every objective that could be measured was met." : "every objective was met.");
            case "FAILED" -> "The system did not come back as promised: " + failures() + ".";
            case "COULD_NOT_RUN" ->
                "The drill could not be carried through. It does not say whether the backups are good or bad, and it"
                        + " does not count as a passed drill.";
            default ->
                "The drill was stopped before it came to a conclusion. It does not say whether the backups are good or"
                        + " bad, and it does not count as a passed drill.";
        };
    }

    private String failures() {
        List<String> parts = new ArrayList<>();
        int failed = count("FAILED");
        int tried = record.recoveryPoint().path("attempts").size();
        if (tried > 0) {
            parts.add(number(tried, "newer backup") + " did not come back, and the drill walked back from "
                    + (tried == 1 ? "it" : "them"));
        }
        int notRun = count("COULD_NOT_RUN") + count("ABORTED");
        if (failed > 0) {
            parts.add(number(failed, "check") + " failed");
        }
        if (notRun > 0) {
            parts.add(number(notRun, "check") + " could not run");
        }
        if (missed > 0) {
            parts.add(number(missed, "objective") + (missed == 1 ? " was missed" : " were missed"));
        }
        return parts.isEmpty() ? "the reason is named below" : String.join(", and ", parts);
    }

    private int count(String verdict) {
        return checks.getOrDefault(verdict, 0);
    }

    private static String number(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
