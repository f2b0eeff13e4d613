package dev.muster.web.pages.outlook;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.Forecast;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Targets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The target that each system misses first: found anew when another drill has ended, or another day has begun. */
public final class NextBreaches {
    private final Figures figures;
    private final Map<String, Found> known = new ConcurrentHashMap<>();

    public NextBreaches(Figures figures) {
        this.figures = figures;
    }

    /**
     * What a system is asked about.
     *
     * @param newest its drill that ended last
     * @param targets what is promised of it today
     */
    public record Question(String newest, Targets targets) {}

    private record Found(Question question, Instant day, Optional<Forecast> breach) {}

    /** The next breaches of these systems, of those that have one. */
    public Map<String, Forecast> of(Map<String, Question> systems, Instant now) {
        Instant day = now.truncatedTo(ChronoUnit.DAYS);
        Map<String, Question> asked = new HashMap<>(systems);
        asked.entrySet().removeIf(one -> isKnown(one.getKey(), one.getValue(), day));
        Map<String, List<DrillFigures>> series = figures.series(asked.keySet(), Forecasts.DRILLS);
        asked.forEach((system, question) -> {
            List<Forecast> forecasts = Forecasts.of(series.getOrDefault(system, List.of()), question.targets(), now);
            known.put(system, new Found(question, day, Forecasts.nextBreach(forecasts)));
        });
        Map<String, Forecast> breaches = new HashMap<>();
        for (String system : systems.keySet()) {
            Optional.ofNullable(known.get(system))
                    .flatMap(Found::breach)
                    .ifPresent(breach -> breaches.put(system, breach));
        }
        return breaches;
    }

    private boolean isKnown(String system, Question question, Instant day) {
        Found found = known.get(system);
        return found != null && found.question().equals(question) && found.day().equals(day);
    }
}
