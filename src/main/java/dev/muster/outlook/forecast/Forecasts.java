package dev.muster.outlook.forecast;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Forecast;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what the past drills of a system let one expect of the next; nothing where they are too few or too wild. */
public final class Forecasts {
    /** How many drills a forecast looks back at. */
    public static final int DRILLS = 36;

    private Forecasts() {}

    /**
     * The forecasts of one system: its recovery time, the stages of that, its recovery point, and both of each process.
     *
     * @param series its drills, oldest first
     * @param targets what is promised today
     */
    public static List<Forecast> of(List<DrillFigures> series, Targets targets, Instant now) {
        return projections(series, targets, now).stream()
                .map(Projection::forecast)
                .toList();
    }

    /** The same with what pictures need. */
    public static List<Projection> projections(List<DrillFigures> series, Targets targets, Instant now) {
        List<DrillFigures> drills = ofOneRunbook(series);
        return drills.isEmpty()
                ? List.of()
                : Subject.all(drills, targets).stream()
                        .flatMap(subject -> Projection.of(subject, drills, now).stream())
                        .toList();
    }

    /** The target that is missed first, or has been missed for the longest time. */
    public static Optional<Forecast> nextBreach(Collection<Forecast> forecasts) {
        return forecasts.stream()
                .filter(forecast -> forecast.breach().isPresent())
                .min(Comparator.comparing(forecast -> forecast.breach().orElseThrow()));
    }

    /** Drills of another runbook do other work; the one that measured most often tells most. */
    private static List<DrillFigures> ofOneRunbook(List<DrillFigures> series) {
        Map<String, Long> counts = series.stream()
                .filter(drill -> Subject.rto(drill).isPresent())
                .collect(Collectors.groupingBy(drill -> drill.outcome().runbook(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(most -> series.stream()
                        .filter(drill -> drill.outcome().runbook().equals(most.getKey()))
                        .toList())
                .orElse(List.of());
    }
}
