package dev.muster.check;

import dev.muster.check.comparison.Table;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Are there rows at all, and at least as many as the runbook says in the tables that it names? */
final class RowCounts implements Check {
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
        List<Table> tables = subject.background().counting().tables(subject.restoredDatabase(), progress);
        long rows = tables.stream()
                .filter(table -> !table.partitioned())
                .mapToLong(Table::rows)
                .sum();
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("tables", String.valueOf(tables.size()));
        observations.put(
                "tables with rows",
                String.valueOf(tables.stream().filter(table -> table.rows() > 0).count()));
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
}
