package dev.muster.outlook.forecast;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Figure;
import dev.muster.drill.Forecast;
import dev.muster.drill.Objectives;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A figure that is forecast, what was promised of it, and where each drill has it.
 *
 * @param value absent where a drill did not measure it: what is not known is no value
 */
record Subject(
        String system,
        Optional<String> process,
        Forecast.Of of,
        Optional<Stage> stage,
        Optional<Duration> target,
        Function<DrillFigures, Optional<Duration>> value) {

    /** The stages that a recovery waits for. */
    private static final Set<Stage> STAGES = EnumSet.range(Stage.PLAN, Stage.CHECK);

    /** All figures of these drills, of one system. */
    static List<Subject> all(List<DrillFigures> drills, Targets targets) {
        String system = drills.get(0).outcome().system();
        List<Subject> subjects = new ArrayList<>();
        Optional<Objectives> promised = targets.system();
        subjects.add(whole(system, Forecast.Of.RTO, Optional.empty(), promised.map(Objectives::rto), Subject::rto));
        for (Stage stage : STAGES) {
            // What never came to its end may have cut its stages short.
            subjects.add(whole(
                    system,
                    Forecast.Of.RTO,
                    Optional.of(stage),
                    Optional.empty(),
                    drill -> rto(drill)
                            .flatMap(whole -> Optional.ofNullable(drill.stages().get(stage)))));
        }
        subjects.add(whole(system, Forecast.Of.RPO, Optional.empty(), promised.map(Objectives::rpo), Subject::rpo));
        Set<String> processes = new TreeSet<>(targets.processes().keySet());
        if (processes.isEmpty()) {
            processes.addAll(
                    drills.get(drills.size() - 1).measured().processes().keySet());
        }
        for (String process : processes) {
            Optional<Objectives> objectives =
                    Optional.ofNullable(targets.processes().get(process));
            subjects.add(part(system, process, Forecast.Of.RTO, objectives.map(Objectives::rto), ProcessFigures::rto));
            subjects.add(part(system, process, Forecast.Of.RPO, objectives.map(Objectives::rpo), ProcessFigures::rpo));
        }
        return subjects;
    }

    private static Subject whole(
            String system,
            Forecast.Of of,
            Optional<Stage> stage,
            Optional<Duration> target,
            Function<DrillFigures, Optional<Duration>> value) {
        return new Subject(system, Optional.empty(), of, stage, target, value);
    }

    private static Subject part(
            String system,
            String process,
            Forecast.Of of,
            Optional<Duration> target,
            Function<ProcessFigures, Figure> figure) {
        return new Subject(
                system,
                Optional.of(process),
                of,
                Optional.empty(),
                target,
                drill -> Optional.ofNullable(drill.measured().processes().get(process))
                        .flatMap(figures -> figure.apply(figures).achieved()));
    }

    static Optional<Duration> rto(DrillFigures drill) {
        return drill.measured()
                .system()
                .map(figures -> figures.rto().achieved())
                .orElse(drill.outcome().rto());
    }

    private static Optional<Duration> rpo(DrillFigures drill) {
        return drill.measured()
                .system()
                .map(figures -> figures.rpo().achieved())
                .orElse(drill.outcome().rpo());
    }

    /** Its values; none where no drill measured it. */
    Optional<Series> series(List<DrillFigures> drills) {
        List<Point> points = new ArrayList<>();
        int comparable = 0;
        Optional<String> machine = Optional.empty();
        for (DrillFigures drill : drills) {
            Optional<Duration> measured = value.apply(drill).filter(one -> !one.isNegative());
            if (measured.isEmpty()) {
                continue;
            }
            // A loss does not depend on the machine, nor on how much there is to fetch.
            boolean other = of == Forecast.Of.RTO
                    && drill.machine().isPresent()
                    && machine.isPresent()
                    && !machine.equals(drill.machine());
            comparable = other ? 1 : comparable + 1;
            machine = drill.machine().isPresent() ? drill.machine() : machine;
            points.add(new Point(
                    drill.outcome().drill(),
                    drill.outcome().ended(),
                    measured.get(),
                    of == Forecast.Of.RTO ? drill.bytes() : OptionalLong.empty()));
        }
        return points.isEmpty() ? Optional.empty() : Optional.of(new Series(points, comparable));
    }
}
