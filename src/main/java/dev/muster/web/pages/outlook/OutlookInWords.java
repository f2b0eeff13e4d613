package dev.muster.web.pages.outlook;

import dev.muster.drill.Forecast;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Projection;
import dev.muster.web.pages.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forecasts as the macros of {@code pages/outlook.ftlh} take them. */
public final class OutlookInWords {
    private static final int PLOTS = 4;

    private final Words words;

    public OutlookInWords(Words words) {
        this.words = words;
    }

    /** All of one system: a table, and pictures of what matters most. */
    public Map<String, Object> of(List<Projection> projections) {
        List<Projection> drawn = projections.stream()
                .filter(projection -> projection.forecast().stage().isEmpty())
                .filter(projection -> projection.forecast().process().isEmpty()
                        || projection.forecast().breach().isPresent())
                .limit(PLOTS)
                .toList();
        List<Forecast> forecasts =
                projections.stream().map(Projection::forecast).toList();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put(
                "plots",
                drawn.stream()
                        .map(projection -> ForecastPlot.of(
                                "outlook-" + drawn.indexOf(projection),
                                subject(projection.forecast()) + ", " + figure(projection.forecast()),
                                projection,
                                words))
                        .toList());
        model.put("rows", forecasts.stream().map(this::row).toList());
        Forecasts.nextBreach(forecasts).ifPresent(next -> model.put("next", row(next)));
        return model;
    }

    /** One forecast. */
    public Map<String, Object> row(Forecast forecast) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("subject", subject(forecast));
        row.put("figure", figure(forecast));
        row.put("expected", words.duration(forecast.expected()));
        row.put("low", words.duration(forecast.low()));
        row.put("high", words.duration(forecast.high()));
        row.put("day", words.date(forecast.at()));
        row.put("drills", forecast.drills());
        row.put("formula", forecast.formula());
        forecast.target().ifPresent(target -> row.put("target", words.duration(target)));
        forecast.breach().ifPresent(breach -> {
            row.put("breachDay", words.date(breach));
            row.put("missed", !breach.isAfter(words.now()));
        });
        return row;
    }

    private static String subject(Forecast forecast) {
        return forecast.process().orElse("Whole system");
    }

    private static String figure(Forecast forecast) {
        return forecast.stage()
                .map(stage -> "stage " + stage.label())
                .orElse(forecast.of() == Forecast.Of.RPO ? "recovery point" : "recovery time");
    }
}
