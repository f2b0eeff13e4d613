package dev.muster.catalog.figures;

import dev.muster.drill.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads drills with all their figures by three questions, however many drills there are. */
final class Series {
    private Series() {}

    /**
     * Reads drills, the oldest first.
     *
     * @param among which rows of the table of drills to look at
     * @param which the condition on those rows
     * @param bound binds what both mention
     */
    static List<DrillFigures> read(Handle handle, String among, String which, UnaryOperator<Query> bound) {
        String drills = " from (" + among + ") d";
        String where = " where " + which;
        Map<String, Map<Stage, Duration>> stages = new HashMap<>();
        bound.apply(handle.createQuery("select s.*" + drills + " join drill_stage s on s.drill = d.id" + where))
                .map(SeriesRow.Took::read)
                .forEach(took -> stages.computeIfAbsent(took.drill(), drill -> new EnumMap<>(Stage.class))
                        .put(took.stage(), took.time()));
        Map<String, Measured> measured = FigureRow.byDrill(bound.apply(handle.createQuery("select p.*" + drills
                        + " join drill_process p on p.drill = d.id" + where + " order by p.drill, p.name"))
                .map(FigureRow::read)
                .list());
        return bound
                .apply(handle.createQuery("select d.*" + drills + where + " order by d.planned, d.id"))
                .map(SeriesRow::read)
                .stream()
                .map(drill -> whole(drill, measured, stages))
                .toList();
    }

    private static DrillFigures whole(
            DrillFigures drill, Map<String, Measured> measured, Map<String, Map<Stage, Duration>> stages) {
        String id = drill.outcome().drill();
        return new DrillFigures(
                drill.outcome(),
                measured.getOrDefault(id, Measured.NOTHING),
                stages.getOrDefault(id, Map.of()),
                drill.bytes(),
                drill.machine(),
                drill.disaster(),
                drill.backupsTried(),
                drill.backupsRestored(),
                drill.checks(),
                drill.detection());
    }
}
