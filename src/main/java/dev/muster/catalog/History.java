package dev.muster.catalog;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Past drills, looked through page by page: none is shown twice or left out when others are added meanwhile. */
public final class History {
    private final Store store;

    public History(Store store) {
        this.store = store;
    }

    /**
     * Which drills somebody looks for; whatever is absent does not matter.
     *
     * @param from planned then or later
     * @param to planned before
     */
    public record Filter(
            Optional<String> system,
            Optional<String> runbook,
            Optional<Verdict> verdict,
            Optional<Instant> from,
            Optional<Instant> to) {
        /** All drills. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The next drills, newest first.
     *
     * @param after the last drill of the page before; one that is not known begins anew
     */
    public List<DrillSummary> page(Filter filter, Optional<String> after, int most) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder condition = condition(filter, values);
        return store.work(handle -> {
            after.flatMap(drill -> handle.createQuery(DrillRow.SELECT + " where id = :id")
                            .bind("id", drill)
                            .map(DrillRow::read)
                            .findFirst())
                    .ifPresent(last -> {
                        and(
                                condition,
                                values,
                                "(planned < :last or (planned = :last and id < :id))",
                                "id",
                                last.drill());
                        values.put("last", last.planned().atOffset(ZoneOffset.UTC));
                    });
            return handle.createQuery(
                            DrillRow.SELECT + condition + " order by planned desc, id desc fetch first :most rows only")
                    .bindMap(values)
                    .bind("most", most)
                    .map(DrillRow::read)
                    .list();
        });
    }

    /**
     * The drills of a numbered page, newest first.
     *
     * @param before how many stand on the pages before
     */
    public List<DrillSummary> leaf(Filter filter, long before, int most) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder condition = condition(filter, values);
        return store.work(handle -> handle.createQuery(DrillRow.SELECT + condition
                        + " order by planned desc, id desc offset :before rows fetch next :most rows only")
                .bindMap(values)
                .bind("before", before)
                .bind("most", most)
                .map(DrillRow::read)
                .list());
    }

    /** How many drills there are of those that somebody looks for. */
    public long count(Filter filter) {
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder condition = condition(filter, values);
        return store.work(handle -> handle.createQuery("select count(*) from drill" + condition)
                .bindMap(values)
                .mapTo(Long.class)
                .one());
    }

    private static StringBuilder condition(Filter filter, Map<String, Object> values) {
        StringBuilder condition = new StringBuilder(" where 1 = 1");
        filter.system().ifPresent(name -> and(condition, values, "system = :system", "system", name));
        filter.runbook().ifPresent(name -> and(condition, values, "runbook = :runbook", "runbook", name));
        filter.verdict().ifPresent(one -> and(condition, values, "verdict = :verdict", "verdict", one.name()));
        filter.from().ifPresent(at -> and(condition, values, "planned >= :from", "from", at.atOffset(ZoneOffset.UTC)));
        filter.to().ifPresent(at -> and(condition, values, "planned < :to", "to", at.atOffset(ZoneOffset.UTC)));
        return condition;
    }

    private static void and(
            StringBuilder condition, Map<String, Object> values, String part, String name, Object value) {
        condition.append(" and ").append(part);
        values.put(name, value);
    }
}
