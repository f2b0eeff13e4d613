package dev.muster.outlook.management;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Forecast;
import dev.muster.outlook.Standing;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Targets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The forecasts of all systems; of a system without a new drill, those of earlier that day. */
final class Foreseen {
    private final Figures figures;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Foreseen(Figures figures) {
        this.figures = figures;
    }

    /** What a forecast was made from. */
    private record Basis(Optional<String> newest, Targets targets, LocalDate day) {}

    private record Known(Basis basis, List<Forecast> forecasts) {}

    /** @param drills those that had ended by then, oldest first */
    List<Forecast> of(List<Standing> standings, List<DrillFigures> drills, Instant at) {
        Map<String, Outcome> newest = new HashMap<>();
        drills.forEach(drill -> newest.put(drill.outcome().system(), drill.outcome()));
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Map<String, Basis> wanted = new HashMap<>();
        for (Standing standing : standings) {
            Basis basis = new Basis(
                    Optional.ofNullable(newest.get(standing.system())).map(Outcome::drill),
                    Targets.of(standing.runbooks()),
                    day);
            if (Optional.ofNullable(known.get(standing.system()))
                    .filter(one -> one.basis().equals(basis))
                    .isEmpty()) {
                wanted.put(standing.system(), basis);
            }
        }
        Map<String, List<DrillFigures>> series = figures.series(wanted.keySet(), Forecasts.DRILLS);
        wanted.forEach((system, basis) -> {
            List<DrillFigures> then = series.getOrDefault(system, List.of()).stream()
                    .filter(drill -> drill.outcome().ended().isBefore(at))
                    .toList();
            known.put(system, new Known(basis, Forecasts.of(then, basis.targets(), at)));
        });
        return standings.stream()
                .flatMap(standing -> Optional.ofNullable(known.get(standing.system())).stream())
                .flatMap(one -> one.forecasts().stream())
                .toList();
    }
}
