package dev.muster.check.comparison;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.Census;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Readings;
import dev.muster.drill.Shrinking;
import dev.muster.drill.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Has every table about as many rows as in the last drill of this runbook that passed? */
public final class AsTheLastDrill implements Check {
    @Override
    public String name() {
        return "as-the-last-drill";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    /** The rows are counted in any case: the next drill wants to compare with them. */
    @Override
    public boolean concerns(Step.Check step, Subject subject) throws SQLException, InterruptedException {
        subject.background().counting().tables(subject.restoredDatabase(), Progress.SILENT);
        return subject.background().lastDrill().isPresent();
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        List<Table> tables = subject.background().counting().tables(subject.restoredDatabase(), progress);
        Map<String, Long> now = new TreeMap<>();
        tables.stream().filter(Table::lasting).forEach(table -> now.put(table.label(), table.rows()));
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("tables now", String.valueOf(now.size()));
        return compare(
                step.likeness().shrinking(),
                subject.background().lastDrill().orElseThrow(),
                now,
                subject,
                observations);
    }

    /** No table can have changed then. */
    private static boolean sameInstant(Census last, Subject subject) {
        return last.point().isPresent()
                && last.point()
                        .equals(Optional.ofNullable(subject.readings().get(Asset.DATABASE))
                                .flatMap(Readings::known));
    }

    private static Answer compare(
            Shrinking shrinking,
            Census last,
            Map<String, Long> now,
            Subject subject,
            Map<String, String> observations) {
        observations.put("compared with", last.drill());
        observations.put("tables then", String.valueOf(last.rows().size()));
        boolean sameInstant = sameInstant(last, subject);
        observations.put(
                "tolerated", sameInstant ? "nothing, since both are good for the same instant" : shrinking.words());
        if (!shrinking.except().isEmpty()) {
            observations.put("left out", String.join(", ", shrinking.except()));
        }
        TablePatterns except = new TablePatterns(shrinking.except());
        List<String> lost = new ArrayList<>();
        last.rows().forEach((table, before) -> {
            Long rows = now.get(table);
            if (except.best(table).isPresent()) {
                return;
            }
            if (rows == null) {
                lost.add(table + " is not there, and had " + before);
            } else if (sameInstant && !subject.background().written().contains(table)) {
                if (rows < before) {
                    lost.add(table + " has " + rows + " rows, and had " + before);
                }
            } else if (!shrinking.tolerates(before, rows)) {
                lost.add(table + " has " + rows + " rows, and had " + before);
            }
        });
        observations.put("tables that lost more", String.valueOf(lost.size()));
        if (lost.isEmpty()) {
            return Answer.passed(observations);
        }
        return Answer.failed(
                new Problem(
                        "Since the last drill that passed, tables have lost rows: " + Examples.of(lost),
                        subject.runbook().file() + ", check as-the-last-drill, compared with " + last.drill(),
                        "Count the same tables in production. If the rows are there, the backup is incomplete: repair the"
                                + " backup job. If they were removed on purpose, name the tables in \"shrinking:\" with"
                                + " \"except:\", or tolerate more with \"lose:\"."),
                observations);
    }
}
