package dev.muster.outlook.management;

import dev.muster.drill.Forecast;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The next target that is going to be missed.
 *
 * @param next what is expected to miss its target first; absent when nothing is
 * @param foreseen the number of systems of which enough is known to say anything
 * @param systems the number of all systems
 */
public record Breach(Optional<Forecast> next, int foreseen, int systems) {
    static Breach of(List<Forecast> forecasts, Set<String> systems) {
        List<Forecast> whole = forecasts.stream()
                .filter(forecast -> forecast.stage().isEmpty())
                .filter(forecast -> systems.contains(forecast.system()))
                .toList();
        Set<String> foreseen = new HashSet<>();
        whole.forEach(forecast -> foreseen.add(forecast.system()));
        Optional<Forecast> next = whole.stream()
                .filter(forecast -> forecast.breach().isPresent())
                .min(Comparator.comparing(
                                (Forecast forecast) -> forecast.breach().orElseThrow())
                        .thenComparing(Forecast::system)
                        .thenComparing(forecast -> forecast.process().orElse("")));
        return new Breach(next, foreseen.size(), systems.size());
    }

    /** Nothing can be said: that no breach is seen means nothing then. */
    public boolean tooLittleHistory() {
        return foreseen == 0;
    }
}
