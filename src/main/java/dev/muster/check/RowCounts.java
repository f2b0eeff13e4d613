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

/** Are there rows at all, and at least as many as the runbook says in the tables that it names? */
final class RowCounts implements Check {
    private static final String TABLES = """
            select n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), c.relkind = 'p'
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            order by 1, 2""";

    @Override
    public String name() {
        return "row-counts";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        List<Table> tables = new Lanes(subject.restoredDatabase(), "rows counted by table", progress)
                .ask(tables(subject), RowCounts::count);
        long rows = tables.stream()
                .filter(table -> !table.partitioned)
                .mapToLong(Table::rows)
                .sum();
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("tables", String.valueOf(tables.size()));
        observations.put(
                "tables with rows",
                String.valueOf(tables.stream().filter(table -> table.rows > 0).count()));
        observations.put("rows", String.valueOf(rows));
        observations.put(
                "floors",
                step.rows().isEmpty() ? "none set" : String.valueOf(step.rows().size()));
        if (tables.isEmpty() && step.rows().isEmpty()) {
            return Answer.couldNotRun(NothingThere.in(subject, "table"), observations);
        }
        List<String> below = new ArrayList<>();
        if (rows == 0) {
            below.add("no table has a row");
        }
        step.rows().forEach((name, least) -> {
            List<Table> named =
                    tables.stream().filter(table -> table.answersTo(name)).toList();
            String seen = named.isEmpty() ? "no such table" : String.valueOf(fewest(named));
            observations.put(name, seen + " (at least " + least + ")");
            if (named.isEmpty()) {
                below.add(name + " is not there");
            } else if (fewest(named) < least) {
                below.add(name + " has " + seen + " rows instead of at least " + least);
            }
        });
        if (below.isEmpty()) {
            return Answer.passed(observations);
        }
        return Answer.failed(
                new Problem(
                        "Rows are missing: " + Examples.of(below),
                        subject.runbook().file() + ", check " + step.name(),
                        "Compare with the same counts in production. If these rows really went, the backup is incomplete;"
                                + " if production has no more, lower the floors under \"rows:\" in the runbook."),
                observations);
    }

    /** A name without a schema may mean several tables; then the floor holds for each of them. */
    private static long fewest(List<Table> named) {
        return named.stream().mapToLong(Table::rows).min().orElseThrow();
    }

    private static List<Table> tables(Subject subject) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Connection connection = subject.restoredDatabase().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBoolean(4), 0));
            }
        }
        return tables;
    }

    private static Table count(Connection connection, Table table) throws SQLException {
        String from = (table.partitioned ? "" : "only ") + table.quoted;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
            rows.next();
            return new Table(table.schema, table.name, table.quoted, table.partitioned, rows.getLong(1));
        }
    }

    private record Table(String schema, String name, String quoted, boolean partitioned, long rows) {
        boolean answersTo(String asked) {
            return asked.equals(name) || asked.equals(schema + "." + name);
        }
    }
}
