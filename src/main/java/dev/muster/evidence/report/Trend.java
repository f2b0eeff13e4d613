package dev.muster.evidence.report;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The last drills as columns, in units of a drawing 900 wide: recovery points above, recovery times below. */
final class Trend {
    private static final int MOST = 12;
    private static final double SLOT = 75;
    private static final double COLUMN = 34;
    private static final double PANEL = 130;
    /** What a column may reach, so that its figure fits above. */
    private static final double TALLEST = 84;

    private final List<JsonNode> drills;
    private final JsonNode measurements;
    private final LocalWriting writing;

    private Trend(JsonNode measurements, LocalWriting writing) {
        List<JsonNode> all = measurements.path("trend").valueStream().toList();
        this.drills = all.subList(Math.max(0, all.size() - MOST), all.size());
        this.measurements = measurements;
        this.writing = writing;
    }

    static Map<String, Object> of(JsonNode measurements, LocalWriting writing) {
        return new Trend(measurements, writing).model();
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("height", 2 * PANEL + 44);
        model.put("columnWidth", COLUMN);
        model.put("panels", List.of(panel("Recovery point", "rpo", 0), panel("Recovery time", "rto", PANEL)));
        List<Map<String, Object>> names = new ArrayList<>();
        for (JsonNode drill : drills) {
            names.add(Map.of(
                    "middle", middle(names.size()),
                    "symbol", Conclusion.symbol(drill.path("verdict").asString("")),
                    "day", day(drill.path("ended").asString(""))));
        }
        model.put("drills", names);
        return model;
    }

    private Map<String, Object> panel(String title, String figure, double top) {
        double bottom = top + PANEL - 8;
        JsonNode target = measurements.path(figure).path("targetSeconds");
        double most = drills.stream()
                .mapToDouble(drill -> drill.path(figure + "Seconds").asDouble(0))
                .max()
                .orElse(0);
        boolean targetFits = target.isNumber() && target.doubleValue() <= 4 * most;
        double scale = TALLEST / Math.max(0.001, targetFits ? Math.max(most, target.doubleValue()) : most);
        Map<String, Object> panel = new LinkedHashMap<>();
        panel.put("title", title + (target.isNumber() ? aboutTarget(target.decimalValue(), targetFits, most) : ""));
        panel.put("top", top + 14);
        panel.put("bottom", bottom);
        if (targetFits) {
            panel.put("target", Drawing.rounded(bottom - target.doubleValue() * scale));
        }
        List<Map<String, Object>> columns = new ArrayList<>();
        for (JsonNode drill : drills) {
            columns.add(column(drill.path(figure + "Seconds"), target, columns.size(), bottom, scale));
        }
        panel.put("columns", columns);
        return panel;
    }

    private String aboutTarget(BigDecimal target, boolean shown, double most) {
        return (shown ? ", target " : most > 0 ? ", far below the target of " : ", target of ")
                + writing.duration(target)
                + (shown ? " dashed" : "");
    }

    private Map<String, Object> column(JsonNode achieved, JsonNode target, int number, double bottom, double scale) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("middle", middle(number));
        if (achieved.isNumber()) {
            BigDecimal took = achieved.decimalValue();
            double height = Drawing.rounded(Math.max(1.5, took.doubleValue() * scale));
            column.put("x", middle(number) - COLUMN / 2);
            column.put("y", Drawing.rounded(bottom - height));
            column.put("height", height);
            column.put("over", target.isNumber() && took.compareTo(target.decimalValue()) > 0);
            column.put("text", writing.duration(took));
        }
        return column;
    }

    private static double middle(int number) {
        return SLOT * number + SLOT / 2;
    }

    private String day(String ended) {
        try {
            return writing.date(Instant.parse(ended));
        } catch (DateTimeException unreadable) {
            return "";
        }
    }
}
