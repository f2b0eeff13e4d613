package dev.muster.outlook.forecast;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.Forecast;
import dev.muster.outlook.Standing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The forecasts of many systems, found once a day for what has not changed since: neither drills nor targets. */
public final class Foreseen {
    private final Figures figures;
    private final Map<String, Found> known = new ConcurrentHashMap<>();

    public Foreseen(Figures figures) {
        this.figures = figures;
    }

    /** What a forecast was made from. */
    private record Basis(Optional<Figures.Extent> drills, Targets targets, LocalDate day) {}

    private record Found(Basis basis, List<Forecast> forecasts) {}

    /** The forecasts for each of these systems, from what had ended by then. */
    public Map<String, List<Forecast>> of(Collection<Standing> standings, Instant at) {
        Map<String, Targets> targets = standings.stream()
                .collect(Collectors.toMap(Standing::system, standing -> Targets.of(standing.runbooks())));
        Map<String, Figures.Extent> extents = figures.extents(targets.keySet(), at);
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Map<String, Basis> now = new LinkedHashMap<>();
        targets.forEach((system, promised) ->
                now.put(system, new Basis(Optional.ofNullable(extents.get(system)), promised, day)));
        Map<String, Basis> changed = new LinkedHashMap<>(now);
        changed.entrySet()
                .removeIf(one -> Optional.ofNullable(known.get(one.getKey()))
                        .filter(found -> found.basis().equals(one.getValue()))
                        .isPresent());
        Map<String, List<DrillFigures>> series = figures.series(changed.keySet(), Forecasts.DRILLS);
        changed.forEach((system, basis) -> {
            List<DrillFigures> then = series.getOrDefault(system, List.of()).stream()
                    .filter(drill -> drill.outcome().ended().isBefore(at))
                    .toList();
            known.put(system, new Found(basis, Forecasts.of(then, basis.targets(), at)));
        });
        return targets.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        system -> Optional.ofNullable(known.get(system))
                                .map(Found::forecasts)
                                .orElse(List.of())));
    }
}
