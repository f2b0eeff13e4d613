package dev.muster.outlook.management;

import dev.muster.catalog.figures.Measured;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How many drills kept a target.
 *
 * @param met every figure, of the whole system and of each process, was measured and kept its target
 * @param missed at least one did not keep it
 * @param notMeasured at least one was not measured, and none is known to have missed its target
 */
public record Attainment(int met, int missed, int notMeasured) {
    static final Attainment NONE = new Attainment(0, 0, 0);

    static Attainment of(Measured measured, Function<ProcessFigures, Figure> which) {
        List<Optional<Boolean>> all = Stream.concat(measured.system().stream(), measured.processes().values().stream())
                .map(which)
                .map(Figure::met)
                .toList();
        if (all.contains(Optional.of(false))) {
            return new Attainment(0, 1, 0);
        }
        return all.isEmpty() || all.contains(Optional.<Boolean>empty())
                ? new Attainment(0, 0, 1)
                : new Attainment(1, 0, 0);
    }

    /** Those that kept the target, of all that ended: what was not measured was not kept. */
    public Share rate() {
        return new Share(met, met + missed + notMeasured);
    }

    Attainment plus(Attainment other) {
        return new Attainment(met + other.met, missed + other.missed, notMeasured + other.notMeasured);
    }
}
