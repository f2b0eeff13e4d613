package dev.muster.evidence.report;

import dev.muster.template.Legible;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How far each figure reaches towards its target, in units of a drawing 900 wide: one line is the target of all. */
final class Bars {
    private static final double LEFT = 200;
    private static final double TARGET = 540;
    private static final double MOST = 710;
    private static final double TEXT = 722;
    private static final double TOP = 26;
    private static final double ROW = 28;

    private final String figure;
    private final LocalWriting writing;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    private Bars(String figure, LocalWriting writing) {
        this.figure = figure;
        this.writing = writing;
    }

    /** @param figure {@code rpo} or {@code rto} */
    static Map<String, Object> of(JsonNode measurements, String figure, LocalWriting writing) {
        Bars bars = new Bars(figure, writing);
        measurements.path("processes").properties().forEach(process -> bars.add(process.getKey(), process.getValue()));
        bars.add("Whole system", measurements);
        return bars.model();
    }

    private void add(String name, JsonNode figures) {
        JsonNode target = figures.path(figure).path("targetSeconds");
        JsonNode achieved = figures.path(figure).path("achievedSeconds");
        if (!target.isNumber() || target.decimalValue().signum() <= 0) {
            return;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("label", Shortened.to(28, Legible.of(name)));
        row.put("y", TOP + ROW * rows.size());
        String promised = writing.duration(target.decimalValue());
        if (achieved.isNumber()) {
            BigDecimal took = achieved.decimalValue();
            double share = took.doubleValue() / target.doubleValue();
            row.put("state", took.compareTo(target.decimalValue()) <= 0 ? "met" : "missed");
            row.put("width", Drawing.rounded(Math.max(1.5, Math.min(MOST - LEFT, share * (TARGET - LEFT)))));
            row.put("text", writing.duration(took) + " of " + promised);
        } else {
            row.put("state", "unmeasured");
            row.put("width", 0);
            row.put("text", "target " + promised);
        }
        rows.add(row);
    }

    private Map<String, Object> model() {
        double bottom = TOP + ROW * rows.size();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("rows", rows);
        model.put("left", LEFT);
        model.put("target", TARGET);
        model.put("textAt", TEXT);
        model.put("bottom", bottom);
        model.put("height", bottom + 6);
        return model;
    }
}
