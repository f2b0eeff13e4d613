package dev.muster.evidence.report;

import dev.muster.evidence.record.WrittenRecord;
import dev.muster.template.Legible;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where each bar of the timeline's picture begins and ends, in units of a drawing 900 wide. */
final class Waterfall {
    private static final double LEFT = 270;
    private static final double WIDTH = 600;
    private static final double TOP = 34;
    private static final double ROW = 22;
    /** It is no part of a recovery, and takes longer than all of one. */
    private static final String PROOF = "prove";

    private static final int MOST_TICKS = 6;
    private static final int LONGEST_LABEL = 40;
    private static final List<Long> STEPS = List.of(
            1L, 2L, 5L, 10L, 15L, 30L, 60L, 120L, 300L, 600L, 900L, 1800L, 3600L, 7200L, 14_400L, 43_200L, 86_400L);

    private final LocalWriting writing;
    private final List<Entry> entries = new ArrayList<>();
    private final Instant zero;
    private final double span;
    private final Optional<Duration> target;

    private record Entry(String stage, String work, Instant started, Instant finished) {}

    private Waterfall(WrittenRecord record, LocalWriting writing) {
        this.writing = writing;
        for (JsonNode entry : record.timeline()) {
            if (entry.path("stage").asString("").equals(PROOF)) {
                continue;
            }
            entries.add(new Entry(
                    entry.path("stage").asString(""),
                    entry.path("work").asString(""),
                    instant(entry, "started"),
                    instant(entry, "finished")));
        }
        Instant begin =
                entries.stream().map(Entry::started).min(Instant::compareTo).orElse(Instant.EPOCH);
        Instant end =
                entries.stream().map(Entry::finished).max(Instant::compareTo).orElse(begin);
        Instant disaster = instant(record.scenario(), "disaster");
        double work = seconds(begin, end);
        // A disaster long before the drill would leave no room for the work itself.
        boolean disasterShown = !disaster.isAfter(begin) && seconds(disaster, begin) <= work;
        this.zero = disasterShown ? disaster : begin;
        JsonNode limit = record.measurements().path("rto").path("targetSeconds");
        this.target = limit.isNumber()
                ? Optional.of(Duration.between(
                        zero,
                        disaster.plusMillis(
                                limit.decimalValue().movePointRight(3).longValue())))
                : Optional.empty();
        double reach = Math.max(seconds(zero, end), 0.1);
        double limitAt = target.map(duration -> duration.toMillis() / 1000.0).orElse(0.0);
        this.span = limitAt > 0 && limitAt <= 2 * reach ? Math.max(reach, limitAt * 1.04) : reach;
    }

    static Map<String, Object> of(WrittenRecord record, LocalWriting writing) {
        return new Waterfall(record, writing).model();
    }

    private Map<String, Object> model() {
        double bottom = TOP + ROW * entries.size() + 6;
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("height", bottom + 30);
        model.put("top", TOP);
        model.put("bottom", bottom);
        model.put("left", LEFT);
        model.put("right", LEFT + WIDTH);
        model.put("zero", writing.instant(zero));
        model.put("rows", rows());
        model.put("ticks", ticks());
        target.ifPresent(duration -> {
            double at = duration.toMillis() / 1000.0;
            if (at > 0 && at <= span) {
                model.put("target", x(at));
            } else {
                model.put("targetOutside", writing.duration(BigDecimal.valueOf(duration.toMillis(), 3)));
            }
        });
        return model;
    }

    private List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        double y = TOP + 4;
        for (Entry entry : entries) {
            double from = x(seconds(zero, entry.started()));
            double width = Math.max(x(seconds(zero, entry.finished())) - from, 1.5);
            String took = writing.duration(BigDecimal.valueOf(
                    Duration.between(entry.started(), entry.finished()).toMillis(), 3));
            // Beyond two thirds of the width there is no room to the right of a bar.
            boolean left = from + width > LEFT + WIDTH * 0.8;
            rows.add(Map.of(
                    "label", label(entry),
                    "y", y,
                    "x", from,
                    "width", width,
                    "took", took,
                    "tookAt", left ? from - 5 : from + width + 5,
                    "anchor", left ? "end" : "start"));
            y += ROW;
        }
        return rows;
    }

    private static String label(Entry entry) {
        String stage = entry.stage() + ": ";
        String text = entry.work().startsWith(stage) ? entry.work() : stage + entry.work();
        return Shortened.to(LONGEST_LABEL, Legible.of(text));
    }

    private List<Map<String, Object>> ticks() {
        long step = STEPS.stream()
                .filter(candidate -> span / candidate <= MOST_TICKS)
                .findFirst()
                .orElse((long) Math.ceil(span / MOST_TICKS));
        List<Map<String, Object>> ticks = new ArrayList<>();
        for (long at = 0; at <= span; at += step) {
            ticks.add(Map.of("x", x((double) at), "label", writing.duration(BigDecimal.valueOf(at))));
        }
        return ticks;
    }

    private double x(double secondsAfterZero) {
        return Drawing.rounded(LEFT + WIDTH * secondsAfterZero / span);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).asString(""));
    }
}
