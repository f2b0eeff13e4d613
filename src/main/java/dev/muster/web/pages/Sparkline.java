package dev.muster.web.pages;

import dev.muster.catalog.figures.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The last drills as small columns, oldest first, in units of a drawing 24 high. */
final class Sparkline {
    private static final double TALLEST = 20;
    private static final double BOTTOM = 22;
    private static final int STEP = 8;

    private Sparkline() {}

    static Map<String, Object> of(
            String what,
            List<Outcome> drills,
            Function<Outcome, Optional<Duration>> value,
            Optional<Duration> target,
            Words words) {
        double most = drills.stream()
                .flatMap(drill -> value.apply(drill).stream())
                .mapToDouble(Sparkline::seconds)
                .max()
                .orElse(0);
        // A target far above would press everything else to the ground.
        Optional<Double> limit = target.map(Sparkline::seconds).filter(line -> line <= 4 * most);
        double scale = TALLEST / Math.max(0.001, Math.max(most, limit.orElse(0.0)));
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Outcome drill : drills) {
            columns.add(column(columns.size() * STEP, value.apply(drill), target, scale));
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("width", Math.max(1, drills.size()) * STEP);
        model.put("columns", columns);
        limit.ifPresent(line -> model.put("target", rounded(BOTTOM - line * scale)));
        model.put(
                "text",
                what + " of the last " + (drills.size() == 1 ? "drill" : drills.size() + " drills, oldest first") + ": "
                        + drills.stream()
                                .map(drill ->
                                        value.apply(drill).map(words::duration).orElse("not measured"))
                                .collect(Collectors.joining(", "))
                        + target.map(line -> "; target " + words.duration(line)).orElse(""));
        return model;
    }

    private static Map<String, Object> column(
            int x, Optional<Duration> value, Optional<Duration> target, double scale) {
        double height = rounded(Math.max(1.5, value.map(Sparkline::seconds).orElse(0.0) * scale));
        return Map.of(
                "x",
                x,
                "y",
                rounded(BOTTOM - height),
                "height",
                height,
                "unknown",
                value.isEmpty(),
                "over",
                value.isPresent() && target.isPresent() && value.get().compareTo(target.get()) > 0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double rounded(double measure) {
        return Math.round(measure * 10) / 10.0;
    }
}
