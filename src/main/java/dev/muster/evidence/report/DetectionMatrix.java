package dev.muster.evidence.report;

import dev.muster.template.Legible;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Where a dot lies for each check that caught a fault, in units of a drawing 900 wide. */
final class DetectionMatrix {
    private static final double LEFT = 290;
    private static final double RIGHT = 800;
    private static final double TOP = 150;
    private static final double ROW = 18;
    private static final int MOST_ROWS = 45;
    private static final int MOST_COLUMNS = 24;

    private final List<JsonNode> faults = new ArrayList<>();
    private final List<String> checks;
    private final int leftOut;

    private DetectionMatrix(JsonNode detection) {
        List<JsonNode> all = detection
                .path("faults")
                .valueStream()
                .filter(fault -> !fault.path("outcome").asString("").equals("NOT_APPLICABLE"))
                .toList();
        faults.addAll(all.subList(0, Math.min(MOST_ROWS, all.size())));
        Set<String> speaking = new LinkedHashSet<>();
        faults.forEach(fault -> fault.path("caughtBy").forEach(check -> speaking.add(check.asString(""))));
        this.checks = speaking.stream().limit(MOST_COLUMNS).toList();
        this.leftOut = all.size() - faults.size() + speaking.size() - checks.size();
    }

    static Map<String, Object> of(JsonNode detection) {
        return new DetectionMatrix(detection).model();
    }

    private Map<String, Object> model() {
        double bottom = TOP + ROW * faults.size();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("left", LEFT);
        model.put("right", RIGHT);
        model.put("top", TOP);
        model.put("bottom", bottom);
        model.put("height", bottom + 8);
        model.put("leftOut", leftOut);
        List<Map<String, Object>> columns = new ArrayList<>();
        for (String check : checks) {
            columns.add(Map.of("x", x(columns.size()), "label", Shortened.to(26, Legible.of(check))));
        }
        model.put("columns", columns);
        model.put("rows", rows());
        return model;
    }

    private List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode fault : faults) {
            List<Map<String, Object>> dots = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (JsonNode check : fault.path("caughtBy")) {
                int column = checks.indexOf(check.asString(""));
                boolean first = seen.isEmpty();
                if (seen.add(check.asString("")) && column >= 0) {
                    dots.add(Map.of("x", x(column), "first", first));
                }
            }
            rows.add(Map.of(
                    "label",
                    Shortened.to(40, Legible.of(fault.path("name").asString(""))),
                    "y",
                    TOP + ROW * rows.size() + ROW / 2,
                    "escaped",
                    fault.path("outcome").asString("").equals("ESCAPED"),
                    "dots",
                    dots));
        }
        return rows;
    }

    private double x(int column) {
        return Drawing.rounded(LEFT + (RIGHT - LEFT) * (column + 0.5) / Math.max(8, checks.size()));
    }
}
