package dev.muster.web.pages.drill;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress;
import dev.muster.drill.Span;
import dev.muster.web.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A running drill as its page draws it: stages as bars over the time so far, works with their rates, and the log. */
final class LivePicture {
    private static final double WIDTH = 1000;

    private final Words words;

    LivePicture(Words words) {
        this.words = words;
    }

    Map<String, Object> of(LiveDrill live) {
        Instant begun =
                live.stages().isEmpty() ? live.at() : live.stages().get(0).from();
        double span = Math.max(1, Duration.between(begun, live.at()).toMillis());
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("begun", begun.toString());
        picture.put("elapsed", words.duration(Duration.between(begun, live.at())));
        picture.put(
                "stages",
                live.stages().stream()
                        .map(stage -> stage(stage, begun, live.at(), span))
                        .toList());
        picture.put("works", live.works().stream().map(this::work).toList());
        picture.put("lines", live.lines().stream().map(this::line).toList());
        picture.put("earlierLines", live.earlierLines());
        return picture;
    }

    private Map<String, Object> stage(LiveDrill.StageSpan stage, Instant begun, Instant now, double span) {
        Instant end = stage.to().orElse(now);
        double from = WIDTH * Duration.between(begun, stage.from()).toMillis() / span;
        double width = WIDTH * Duration.between(stage.from(), end).toMillis() / span;
        return Map.of(
                "name", stage.stage().label(),
                "running", stage.to().isEmpty(),
                "from", Math.round(from),
                // A stage that took no time to speak of is seen as well.
                "width", Math.max(3, Math.round(width)),
                "took", words.duration(Duration.between(stage.from(), end)));
    }

    private Map<String, Object> work(LiveDrill.Work work) {
        boolean bytes = work.unit() == Progress.Unit.BYTES;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stage", work.stage().label());
        row.put("name", work.name());
        row.put("done", amount(work.done(), bytes));
        row.put("rate", work.perSecond() > 0 ? amount(Math.round(work.perSecond()), bytes) + "/s" : "");
        if (work.total() > 0) {
            long done = Math.min(work.done(), work.total());
            row.put("total", amount(work.total(), bytes));
            row.put("percent", Math.round(100.0 * done / work.total()));
            row.put("left", left(work.total() - done, work.perSecond()));
        }
        return row;
    }

    private static String left(long rest, double perSecond) {
        return rest == 0 || perSecond <= 0 ? "" : new Span(Duration.ofSeconds(Math.round(rest / perSecond))) + " left";
    }

    private String amount(long amount, boolean bytes) {
        // The exact number, which follows, changes too fast to be read.
        return bytes ? words.size(amount).replaceFirst(" \\(.*", "") : Long.toString(amount);
    }

    private Map<String, Object> line(LiveDrill.Line line) {
        return Map.of("at", words.moment(line.at()), "text", line.text());
    }
}
