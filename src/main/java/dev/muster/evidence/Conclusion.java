package dev.muster.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a record comes to, in words: the first page of a report. */
final class Conclusion {
    private final JsonNode document;
    private final List<String> missed = new ArrayList<>();
    private final List<String> unmeasured = new ArrayList<>();
    private final Map<String, Integer> checks = new TreeMap<>();

    private Conclusion(JsonNode document) {
        this.document = document;
        look("the whole system", document);
        document.path("processes").properties().forEach(process -> look(process.getKey(), process.getValue()));
        document.path("checks")
                .forEach(check -> checks.merge(check.path("verdict").asString(""), 1, Integer::sum));
    }

    static Conclusion of(JsonNode document) {
        return new Conclusion(document);
    }

    private void look(String name, JsonNode figures) {
        look(figures.path("rpo"), "the recovery point of " + name);
        look(figures.path("rto"), "the recovery time of " + name);
    }

    private void look(JsonNode figure, String name) {
        if (figure.path("achievedSeconds").isNull()) {
            unmeasured.add(name);
        } else if (figure.path("met").isBoolean() && !figure.path("met").booleanValue()) {
            missed.add(name);
        }
    }

    Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("word", word());
        words.put("symbol", symbol());
        words.put("meaning", meaning());
        words.put("limits", limits());
        words.put("checksPassed", count("PASSED"));
        words.put("checks", document.path("checks").size());
        return words;
    }

    private String verdict() {
        return document.path("verdict").asString("");
    }

    private String word() {
        return switch (verdict()) {
            case "PASSED" -> "Passed";
            case "FAILED" -> "Failed";
            case "COULD_NOT_RUN" -> "Could not run";
            default -> "Aborted";
        };
    }

    private String symbol() {
        return switch (verdict()) {
            case "PASSED" -> "✓";
            case "FAILED" -> "✕";
            case "COULD_NOT_RUN" -> "?";
            default -> "■";
        };
    }

    private String meaning() {
        return switch (verdict()) {
            case "PASSED" ->
                "The backups were restored into a scratch environment, every check passed, and "
                        + (unmeasured.isEmpty()
                                ? "every objective was met."
                                : "every objective that could be measured was met.");
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
        int tried = document.path("attempts").size();
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
        if (!missed.isEmpty()) {
            parts.add(number(missed.size(), "objective") + (missed.size() == 1 ? " was missed" : " were missed"));
        }
        return parts.isEmpty() ? "the reason is named below" : String.join(", and ", parts);
    }

    private int count(String verdict) {
        return checks.getOrDefault(verdict, 0);
    }

    private static String number(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** What a reader might take this report to show although it does not. */
    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("That other backups can be restored. One drill is one sample: it speaks of the backups named in"
                + " section 2 and of no others.");
        limits.add("How long a real disaster would last. The times were measured in the scratch environment of section"
                + " 9; noticing the disaster, deciding, and pointing people and programs at the restored system are not"
                + " part of them.");
        if (!unmeasured.isEmpty()) {
            limits.add("What could not be measured, which never counts as met: " + String.join(", ", unmeasured) + ".");
        }
        if (!started()) {
            limits.add("That the application works on the restored data: it was not started in this drill.");
        }
        if (verdict().equals("COULD_NOT_RUN") || verdict().equals("ABORTED")) {
            limits.add("Anything about checks that are not listed in section 5: they were not reached.");
        }
        if (document.path("tool").path("demonstration").asBoolean(false)) {
            limits.add("Who made it. It is signed with a demonstration key, not trusted.");
        }
        return limits;
    }

    private boolean started() {
        for (JsonNode entry : document.path("timeline")) {
            if (entry.path("stage").asString("").equals("start")) {
                return true;
            }
        }
        return false;
    }
}
