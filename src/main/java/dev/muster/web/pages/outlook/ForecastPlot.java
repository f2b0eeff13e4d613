package dev.muster.web.pages.outlook;

import dev.muster.drill.Forecast;
import dev.muster.outlook.forecast.Band;
import dev.muster.outlook.forecast.Point;
import dev.muster.outlook.forecast.Projection;
import dev.muster.web.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Past drills as dots, what is to be expected as a band, and the target as a line, in a drawing 900 wide. */
final class ForecastPlot {
    private static final double LEFT = 84;
    private static final double RIGHT = 880;
    private static final double TOP = 46;
    private static final double BOTTOM = 212;
    private static final int SAMPLES = 48;
    /** A target or an edge far above would press everything else to the ground. */
    private static final int TIMES_HIGHEST = 3;

    private static final int MOST_TICKS = 4;
    private static final List<Long> STEPS = List.of(
            1L, 2L, 5L, 10L, 15L, 30L, 60L, 120L, 300L, 600L, 900L, 1800L, 3600L, 7200L, 14_400L, 28_800L, 86_400L);

    private final Projection projection;
    private final Forecast forecast;
    private final Words words;
    private final Instant from;
    private final Instant until;
    private final double most;

    private ForecastPlot(Projection projection, Words words) {
        this.projection = projection;
        this.forecast = projection.forecast();
        this.words = words;
        this.from = projection.points().get(0).at();
        Instant shown = forecast.breach()
                .filter(breach -> breach.isAfter(forecast.at()))
                .map(breach -> breach.plus(Duration.between(from, breach).dividedBy(16)))
                .orElse(forecast.at());
        this.until = shown;
        double highest = projection.points().stream()
                .mapToDouble(point -> seconds(point.value()))
                .max()
                .orElseThrow();
        this.most = Stream.concat(
                                forecast.target().stream(),
                                Stream.of(
                                        forecast.expected(),
                                        projection.band(shown).high()))
                        .mapToDouble(ForecastPlot::seconds)
                        .filter(one -> one <= TIMES_HIGHEST * highest)
                        .reduce(highest, Math::max)
                * 1.04;
    }

    static Map<String, Object> of(String id, String title, Projection projection, Words words) {
        return new ForecastPlot(projection, words).model(id, title);
    }

    private Map<String, Object> model(String id, String title) {
        Instant fitted = projection.used().get(0).at();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", id);
        model.put("title", title);
        model.put("text", text());
        model.put("dots", projection.points().stream().map(this::dot).toList());
        model.put("band", edge(fitted, until, Band::high) + " " + backwards(edge(fitted, until, Band::low)));
        model.put("past", edge(fitted, words.now(), Band::middle));
        model.put("coming", edge(words.now(), until, Band::middle));
        model.put("now", x(words.now()));
        forecast.target().filter(target -> seconds(target) <= most).ifPresent(target -> {
            model.put("target", y(target));
            model.put("targetText", words.duration(target));
        });
        forecast.breach().filter(breach -> breach.isAfter(words.now())).ifPresent(breach -> {
            model.put("breach", x(breach));
            model.put("breachText", words.date(breach));
        });
        model.put("ticks", ticks());
        model.put("fromText", words.date(from));
        model.put("untilText", words.date(until));
        return model;
    }

    private String text() {
        return "Dots are drills, filled where the forecast rests on them; the band holds nine of ten outcomes to come."
                + " On " + words.date(forecast.at()) + " " + words.duration(forecast.expected())
                + " are expected, between " + words.duration(forecast.low()) + " and "
                + words.duration(forecast.high()) + "."
                + forecast.target()
                        .map(target -> " The target is " + words.duration(target) + ".")
                        .orElse("");
    }

    private Map<String, Object> dot(Point point) {
        return Map.of(
                "x", x(point.at()),
                "y", y(point.value()),
                "used", projection.used().contains(point),
                "over",
                        forecast.target()
                                .filter(target -> point.value().compareTo(target) > 0)
                                .isPresent(),
                "text", words.date(point.at()) + ": " + words.duration(point.value()));
    }

    private List<Map<String, Object>> ticks() {
        long step = STEPS.stream()
                .filter(one -> most / one <= MOST_TICKS)
                .findFirst()
                .orElse(Math.round(most));
        List<Map<String, Object>> ticks = new ArrayList<>();
        for (long seconds = 0; seconds < most; seconds += step) {
            Duration value = Duration.ofSeconds(seconds);
            ticks.add(Map.of("y", y(value), "text", words.duration(value)));
        }
        return ticks;
    }

    private String edge(Instant begin, Instant end, Function<Band, Duration> which) {
        List<String> places = new ArrayList<>();
        Duration whole = Duration.between(begin, end);
        for (int sample = 0; sample <= SAMPLES; sample++) {
            Instant moment = begin.plus(whole.multipliedBy(sample).dividedBy(SAMPLES));
            places.add(number(x(moment)) + "," + number(y(which.apply(projection.band(moment)))));
        }
        return String.join(" ", places);
    }

    private static String backwards(String places) {
        List<String> reversed = new ArrayList<>(List.of(places.split(" ")));
        java.util.Collections.reverse(reversed);
        return String.join(" ", reversed);
    }

    private double x(Instant moment) {
        double span = Duration.between(from, until).toMillis();
        return rounded(LEFT + (RIGHT - LEFT) * Duration.between(from, moment).toMillis() / span);
    }

    private double y(Duration value) {
        return rounded(Math.max(TOP, BOTTOM - (BOTTOM - TOP) * seconds(value) / most));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double rounded(double measure) {
        return Math.round(measure * 10) / 10.0;
    }

    private static String number(double measure) {
        return String.format(Locale.ROOT, "%.1f", measure);
    }
}
