package dev.muster.catalog.figures;

import dev.muster.catalog.Store;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Figures of past drills: few questions to the database, however many systems there are. */
public final class Figures {
    /** How many drills a trend shows. */
    public static final int TREND = 12;

    private static final String OUTCOME = "select d.id, d.runbook, d.system, d.planned, d.finished, d.verdict,"
            + " d.rpo_seconds, d.rto_seconds, d.runbook_sha256 from drill d";

    private final Store store;

    public Figures(Store store) {
        this.store = store;
    }

    /** Keeps the figures of a drill; the catalog knows the drill already. */
    public void remember(DrillFigures figures) {
        String drill = figures.outcome().drill();
        store.together(handle -> {
            for (String table : List.of("drill_process", "drill_stage")) {
                handle.createUpdate("delete from " + table + " where drill = :drill")
                        .bind("drill", drill)
                        .execute();
            }
            PreparedBatch batch = handle.prepareBatch(FigureRow.INSERT);
            figures.measured().system().ifPresent(whole -> FigureRow.add(batch, drill, "", whole));
            figures.measured().processes().forEach((name, one) -> FigureRow.add(batch, drill, name, one));
            if (batch.size() > 0) {
                batch.execute();
            }
            SeriesRow.write(handle, figures);
            return drill;
        });
    }

    /**
     * The newest drills of these systems that have come to a verdict, oldest first.
     *
     * @param most how many of each system
     */
    public Map<String, List<DrillFigures>> series(Collection<String> systems, int most) {
        Map<String, List<DrillFigures>> bySystem = new HashMap<>();
        if (!systems.isEmpty()) {
            store.work(handle -> Series.read(
                            handle,
                            "select d.*, row_number() over (partition by system order by planned desc, id desc) as age"
                                    + " from drill d where verdict is not null and system in (<systems>)",
                            "age <= :most",
                            query -> query.bindList("systems", List.copyOf(systems))
                                    .bind("most", most)))
                    .forEach(drill -> bySystem.computeIfAbsent(drill.outcome().system(), system -> new ArrayList<>())
                            .add(drill));
        }
        return bySystem;
    }

    /**
     * Of each runbook of each system the newest drill that has come to a verdict, and the newest in which something was
     * proven of the checks; oldest first.
     */
    public List<DrillFigures> newest() {
        return store.work(handle -> {
            List<String> drills = handle.createQuery("select id from (select id, detection, row_number() over"
                            + " (partition by system, runbook order by planned desc, id desc) as age, row_number() over"
                            + " (partition by system, runbook, case when detection is null then 0 else 1 end"
                            + " order by planned desc, id desc) as age_of_kind from drill where verdict is not null) d"
                            + " where age = 1 or (detection is not null and age_of_kind = 1)")
                    .mapTo(String.class)
                    .list();
            return drills.isEmpty()
                    ? List.of()
                    : Series.read(
                            handle,
                            "select * from drill where id in (<drills>)",
                            "d.id is not null",
                            query -> query.bindList("drills", drills));
        });
    }

    /**
     * How much there is of a system.
     *
     * @param drills how many have come to a verdict
     * @param newest when the last of them did
     */
    public record Extent(long drills, Instant newest) {}

    /** How much there was of these systems by then; nothing of those that had no drill with a verdict. */
    public Map<String, Extent> extents(Collection<String> systems, Instant by) {
        Map<String, Extent> extents = new HashMap<>();
        if (!systems.isEmpty()) {
            store.work(handle -> handle.createQuery("select system, count(*) as drills,"
                                    + " max(coalesce(finished, planned)) as newest from drill where system in (<systems>)"
                                    + " and verdict is not null and coalesce(finished, planned) < :by group by system")
                            .bindList("systems", List.copyOf(systems))
                            .bind("by", by.atOffset(ZoneOffset.UTC))
                            .map((row, context) -> Map.entry(
                                    row.getString("system"),
                                    new Extent(
                                            row.getLong("drills"),
                                            row.getObject("newest", OffsetDateTime.class)
                                                    .toInstant())))
                            .list())
                    .forEach(one -> extents.put(one.getKey(), one.getValue()));
        }
        return extents;
    }

    /** All drills that have come to a verdict then or later, oldest first. */
    public List<DrillFigures> since(Instant from) {
        return store.work(handle -> Series.read(
                handle,
                "select d.* from drill d where verdict is not null",
                "(finished >= :from or (finished is null and planned >= :from))",
                query -> query.bind("from", from.atOffset(ZoneOffset.UTC))));
    }

    /** The newest drill of each runbook of each system that had passed by then. */
    public List<Outcome> lastPassed(Instant by) {
        return store.work(handle -> handle.createQuery(OUTCOME
                        + " join (select system, runbook, max(planned) as newest from drill where verdict = :passed"
                        + " and coalesce(finished, planned) <= :by group by system, runbook) n"
                        + " on n.system = d.system and n.runbook = d.runbook and n.newest = d.planned"
                        + " where d.verdict = :passed order by d.planned, d.id")
                .bind("passed", Verdict.PASSED.name())
                .bind("by", by.atOffset(ZoneOffset.UTC))
                .map(OutcomeRow::read)
                .list());
    }

    /** The newest drills of these systems that have come to a verdict, oldest first, at most {@link #TREND} of each. */
    public Map<String, List<Outcome>> lastEnded(Collection<String> systems) {
        Map<String, List<Outcome>> bySystem = new HashMap<>();
        if (systems.isEmpty()) {
            return bySystem;
        }
        store.work(handle -> handle.createQuery("select * from (select d.*, row_number() over"
                                + " (partition by system order by planned desc, id desc) as age from drill d"
                                + " where system in (<systems>) and verdict is not null) d"
                                + " where age <= :most order by planned, id")
                        .bindList("systems", List.copyOf(systems))
                        .bind("most", TREND)
                        .map(OutcomeRow::read)
                        .list())
                .forEach(outcome -> bySystem.computeIfAbsent(outcome.system(), system -> new ArrayList<>())
                        .add(outcome));
        return bySystem;
    }

    /** What these drills measured. */
    public Map<String, Measured> measured(Collection<String> drills) {
        if (drills.isEmpty()) {
            return Map.of();
        }
        return FigureRow.byDrill(store.work(handle -> handle.createQuery(
                        "select * from drill_process where drill in (<drills>) order by drill, name")
                .bindList("drills", List.copyOf(drills))
                .map(FigureRow::read)
                .list()));
    }

    /** The drills of a system that have come to a verdict, newest first. */
    public List<Outcome> ended(String system, int most) {
        return store.work(handle -> handle.createQuery(OUTCOME
                        + " where d.system = :system and d.verdict is not null"
                        + " order by d.planned desc, d.id desc fetch first :most rows only")
                .bind("system", system)
                .bind("most", most)
                .map(OutcomeRow::read)
                .list());
    }

    /** How these drills ended; those that have not, or that nobody knows, are left out. */
    public Map<String, Verdict> verdicts(Collection<String> drills) {
        Map<String, Verdict> verdicts = new HashMap<>();
        if (!drills.isEmpty()) {
            store.work(handle -> handle.createQuery(OUTCOME + " where d.id in (<drills>) and d.verdict is not null")
                            .bindList("drills", List.copyOf(drills))
                            .map(OutcomeRow::read)
                            .list())
                    .forEach(outcome -> verdicts.put(outcome.drill(), outcome.verdict()));
        }
        return verdicts;
    }
}
