package dev.muster.check;

import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Is every index usable, and has every constraint been held against the rows that were there before it? */
final class IndexesValid implements Check {
    private static final String INDEXES = """
            select format('index %s on %s', i.indexrelid::regclass, i.indrelid::regclass), i.indisvalid and i.indisready
            from pg_catalog.pg_index i
            join pg_catalog.pg_class c on c.oid = i.indrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relpersistence <> 't'
            order by 1""";

    // A constraint that is not enforced (since PostgreSQL 18) is never validated and is not meant to be.
    private static final String CONSTRAINTS = """
            select format('constraint %I on %s', c.conname, case when c.conrelid = 0 then c.contypid::regtype::text else c.conrelid::regclass::text end),
                   c.convalidated or not coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
            from pg_catalog.pg_constraint c
            join pg_catalog.pg_namespace n on n.oid = c.connamespace
            where n.nspname not in ('pg_catalog', 'information_schema')
            order by 1""";

    @Override
    public String name() {
        return "indexes-valid";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException {
        try (Connection connection = subject.restoredDatabase().connect()) {
            List<String> faulty = new ArrayList<>();
            int indexes = look(connection, INDEXES, faulty);
            int constraints = look(connection, CONSTRAINTS, faulty);
            Map<String, String> observations = new LinkedHashMap<>();
            observations.put("indexes", String.valueOf(indexes));
            observations.put("constraints", String.valueOf(constraints));
            observations.put("invalid", String.valueOf(faulty.size()));
            if (indexes + constraints == 0) {
                return Answer.couldNotRun(NothingThere.in(subject, "index or constraint"), observations);
            }
            if (faulty.isEmpty()) {
                return Answer.passed(observations);
            }
            return Answer.failed(
                    new Problem(
                            faulty.size() + " of " + (indexes + constraints) + " indexes and constraints are not valid",
                            Examples.of(faulty),
                            "Rebuild each index with REINDEX INDEX CONCURRENTLY and validate each constraint with"
                                    + " ALTER TABLE … VALIDATE CONSTRAINT in production, then back up again."),
                    observations);
        }
    }

    private static int look(Connection connection, String query, List<String> faulty) throws SQLException {
        int seen = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                seen++;
                if (!rows.getBoolean(2)) {
                    faulty.add(rows.getString(1));
                }
            }
        }
        return seen;
    }
}
