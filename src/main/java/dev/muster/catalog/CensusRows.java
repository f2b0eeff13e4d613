package dev.muster.catalog;

import dev.muster.drill.Census;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** How the rows of a drill's tables lie in theirs. */
final class CensusRows {
    private CensusRows() {}

    static void replace(Handle handle, Census census) {
        for (String table : new String[] {"census_table", "census"}) {
            handle.createUpdate("delete from " + table + " where drill = :drill")
                    .bind("drill", census.drill())
                    .execute();
        }
        handle.createUpdate("insert into census (drill, point) values (:drill, :point)")
                .bind("drill", census.drill())
                .bindBySqlType("point", utc(census.point()), Types.TIMESTAMP_WITH_TIMEZONE)
                .execute();
        PreparedBatch batch =
                handle.prepareBatch("insert into census_table (drill, name, counted) values (:drill, :name, :counted)");
        census.rows()
                .forEach((name, counted) -> batch.bind("drill", census.drill())
                        .bind("name", name)
                        .bind("counted", counted)
                        .add());
        if (!census.rows().isEmpty()) {
            batch.execute();
        }
    }

    /** The last one of a runbook that passed, with a point that is not after this one. */
    static Optional<Census> last(Handle handle, String system, String runbook, Instant point) {
        return handle.createQuery("select c.drill, c.point from census c join drill d on d.id = c.drill"
                        + " where d.system = :system and d.runbook = :runbook and d.verdict = 'PASSED'"
                        + " and (c.point is null or c.point <= :point)"
                        + " order by d.planned desc, d.id desc fetch first 1 rows only")
                .bind("system", system)
                .bind("runbook", runbook)
                .bind("point", point.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Census(
                        row.getString("drill"),
                        Optional.ofNullable(row.getObject("point", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        Map.of()))
                .findFirst()
                .map(census -> new Census(census.drill(), census.point(), rows(handle, census.drill())));
    }

    private static Map<String, Long> rows(Handle handle, String drill) {
        Map<String, Long> rows = new TreeMap<>();
        handle.createQuery("select name, counted from census_table where drill = :drill")
                .bind("drill", drill)
                .map((row, context) -> Map.entry(row.getString("name"), row.getLong("counted")))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    private static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
