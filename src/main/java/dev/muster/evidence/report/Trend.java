package dev.muster.evidence.report;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The last drills as columns, in units of a drawing 900 wide: recovery points above, recovery times below. */
public final class Trend {
    private static final int MOST = 12;
    private static final double SLOT = 75;
    private static final double COLUMN = 34;
    private static final double PANEL = 130;
    /** What a column may reach, so that its figure fits above. */
    private static final double TALLEST = 84;

    private final List<Past> drills;
    private final Map<String, Optional<BigDecimal>> targets;
    private final LocalWriting writing;

    private Trend(List<Past> all, Map<String, Optional<BigDecimal>> targets, LocalWriting writing) {
        this.drills = all.subList(Math.max(0, all.size() - MOST), all.size());
        this.targets = targets;
        this.writing = writing;
    }

    /**
     * A drill of the past.
     *
     * @param rpo in seconds; absent when it was not measured
     * @param rto in seconds; absent when it was not measured
     */
    public record Past(String verdict, Optional<Instant> ended, Optional<BigDecimal> rpo, Optional<BigDecimal> rto) {}

    static Map<String, Object> of(JsonNode measurements, LocalWriting writing) {
        List<Past> drills = measurements
                .path("trend")
                .valueStream()
                .map(drill -> new Past(
                        drill.path("verdict").asString(""),
                        instant(drill.path("ended").asString("")),
                        seconds(drill.path("rpoSeconds")),
                        seconds(drill.path("rtoSeconds"))))
                .toList();
        return of(
                drills,
                seconds(measurements.path("rpo").path("targetSeconds")),
                seconds(measurements.path("rto").path("targetSeconds")),
                writing);
    }

    /** The columns of {@code pictures/trend.ftlh}: of drills, oldest first, against the targets of today in seconds. */
    public static Map<String, Object> of(
            List<Past> drills, Optional<BigDecimal> rpoTarget, Optional<BigDecimal> rtoTarget, LocalWriting writing) {
        return new Trend(drills, Map.of("rpo", rpoTarget, "rto", rtoTarget), writing).model();
    }

    private static Optional<BigDecimal> seconds(JsonNode node) {
        return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("height", 2 * PANEL + 44);
        model.put("columnWidth", COLUMN);
        model.put(
                "panels",
                List.of(
                        panel("Recovery point", Past::rpo, targets.getOrDefault("rpo", Optional.empty()), 0),
                        panel("Recovery time", Past::rto, targets.getOrDefault("rto", Optional.empty()), PANEL)));
        List<Map<String, Object>> names = new ArrayList<>();
        for (Past drill : drills) {
            names.add(Map.of(
                    "middle", middle(names.size()),
                    "symbol", Conclusion.symbol(drill.verdict()),
                    "day", drill.ended().map(writing::date).orElse("")));
        }
        model.put("drills", names);
        return model;
    }

    private Map<String, Object> panel(
            String title, Function<Past, Optional<BigDecimal>> figure, Optional<BigDecimal> target, double top) {
        double bottom = top + PANEL - 8;
        double limit = target.map(BigDecimal::doubleValue).orElse(0.0);
        double most = drills.stream()
                .flatMap(drill -> figure.apply(drill).stream())
                .mapToDouble(BigDecimal::doubleValue)
                .max()
                .orElse(0);
        boolean targetFits = target.isPresent() && limit <= 4 * most;
        double scale = TALLEST / Math.max(0.001, targetFits ? Math.max(most, limit) : most);
        Map<String, Object> panel = new LinkedHashMap<>();
        panel.put(
                "title",
                title + target.map(one -> aboutTarget(one, targetFits, most)).orElse(""));
        panel.put("top", top + 14);
        panel.put("bottom", bottom);
        if (targetFits) {
            panel.put("target", Drawing.rounded(bottom - limit * scale));
        }
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Past drill : drills) {
            columns.add(column(figure.apply(drill), target, columns.size(), bottom, scale));
        }
        panel.put("columns", columns);
        return panel;
    }

    private String aboutTarget(BigDecimal target, boolean shown, double most) {
        return (shown ? ", target " : most > 0 ? ", far below the target of " : ", target of ")
                + writing.duration(target)
                + (shown ? " dashed" : "");
    }

    private Map<String, Object> column(
            Optional<BigDecimal> achieved, Optional<BigDecimal> target, int number, double bottom, double scale) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("middle", middle(number));
        achieved.ifPresent(took -> {
            double height = Drawing.rounded(Math.max(1.5, took.doubleValue() * scale));
            column.put("x", middle(number) - COLUMN / 2);
            column.put("y", Drawing.rounded(bottom - height));
            column.put("height", height);
            column.put("over", target.filter(limit -> took.compareTo(limit) > 0).isPresent());
            column.put("text", writing.duration(took));
        });
        return column;
    }

    private static double middle(int number) {
        return SLOT * number + SLOT / 2;
    }
}
