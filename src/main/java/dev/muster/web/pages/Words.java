package dev.muster.web.pages;

import dev.muster.drill.Figure;
import dev.muster.drill.Problem;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.evidence.report.Presentation;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times, figures and problems as the macros of {@code parts.ftlh} take them, written like those of reports. */
public final class Words {
    private final LocalWriting writing;
    private final ZoneId zone;
    private final Clock clock;

    public Words(Presentation presentation, Clock clock) {
        this.writing = new LocalWriting(presentation);
        this.zone = presentation.zone();
        this.clock = clock;
    }

    /** The zone in which times are written. */
    public ZoneId zone() {
        return zone;
    }

    /** The zone as people call it. */
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    public Instant now() {
        return clock.instant();
    }

    /** A moment: {@code iso}, {@code text}, and as {@code away} how far it is from now. */
    public Map<String, Object> moment(Instant instant) {
        return Map.of("iso", instant.toString(), "text", writing.instant(instant), "away", away(instant));
    }

    private String away(Instant instant) {
        Duration distance = Duration.between(instant, clock.instant());
        boolean past = !distance.isNegative();
        String amount = roughly(distance.abs());
        return amount.isEmpty() ? "now" : past ? amount + " ago" : "in " + amount;
    }

    /** One unit is enough to see whether something is fresh; the exact instant stands beside it. */
    private static String roughly(Duration distance) {
        if (distance.toSeconds() < 60) {
            return "";
        }
        if (distance.toMinutes() < 120) {
            return distance.toMinutes() + " min";
        }
        if (distance.toHours() < 48) {
            return distance.toHours() + " h";
        }
        return distance.toDays() + " days";
    }

    public String duration(Duration duration) {
        return writing.duration(BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros());
    }

    /** The writing of reports. */
    public LocalWriting writing() {
        return writing;
    }

    public String date(Instant instant) {
        return writing.date(instant);
    }

    public String size(long bytes) {
        return writing.size(bytes);
    }

    /** A figure against its target, with its formula and what went into it. */
    public Map<String, Object> figure(Figure figure) {
        Map<String, Object> model = new LinkedHashMap<>();
        figure.target().ifPresent(target -> model.put("target", duration(target)));
        figure.achieved().ifPresent(achieved -> model.put("achieved", duration(achieved)));
        figure.met().ifPresent(met -> model.put("met", met));
        model.put("formula", figure.formula());
        List<Map<String, Object>> inputs = new ArrayList<>();
        figure.inputs().forEach((name, value) -> inputs.add(Map.of("name", name, "value", value)));
        model.put("inputs", inputs);
        return model;
    }

    public static Map<String, Object> problem(Problem problem) {
        return Map.of("what", problem.what(), "where", problem.where(), "remedy", problem.remedy());
    }
}
