package dev.muster.check.comparison;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Examples;
import dev.muster.check.ServerError;
import dev.muster.check.Subject;
import dev.muster.drill.Identity;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Is the restored database the system that it should be, and not that of another tenant? */
public final class RightSystem implements Check {
    private static final int MOST = 1000;

    @Override
    public String name() {
        return "right-system";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public boolean concerns(Step.Check step, Subject subject) {
        return step.likeness().identity().isPresent();
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) {
        Identity identity = step.likeness().identity().orElseThrow();
        String place = subject.runbook().file() + ", check " + step.name() + ", identity";
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("query", identity.sql());
        observations.put("expected", String.join(", ", identity.sorted()));
        try {
            Set<String> given = given(identity.sql(), subject.restoredDatabase());
            observations.put("given", given.isEmpty() ? "no row" : Examples.of(List.copyOf(given)));
            if (given.isEmpty()) {
                return Answer.couldNotRun(noAnswer("its query gave no row with a value", place), observations);
            }
            return given.equals(identity.sorted())
                    ? Answer.passed(observations)
                    : Answer.failed(another(identity, given, place), observations);
        } catch (SQLException error) {
            return Answer.couldNotRun(noAnswer(ServerError.of(error).toString(), place), observations);
        }
    }

    private static Set<String> given(String query, Database database) throws SQLException {
        Set<String> given = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set transaction read only");
            statement.execute("set local search_path = public, pg_temp");
            statement.execute("set local row_security = off");
            // What the restored database calls a function or a view may be anybody's.
            statement.execute("set local role pg_read_all_data");
            statement.setMaxRows(MOST);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    String value = rows.getString(1);
                    if (value != null) {
                        given.add(value.replaceAll("\\p{Cntrl}", " "));
                    }
                }
            }
        }
        return given;
    }

    private static Problem another(Identity identity, Set<String> given, String place) {
        return new Problem(
                "This is not the system that the runbook is about: instead of " + String.join(", ", identity.sorted())
                        + " it is " + Examples.of(List.copyOf(given)),
                place,
                "See with \"muster plan\" which backup was chosen, and whether the backup job of another system or"
                        + " tenant writes below the same prefix. If the system was renamed, correct \"is:\".");
    }

    private static Problem noAnswer(String why, String place) {
        return new Problem(
                "Whether this is the right system is not known: " + why,
                place,
                "Let \"sql:\" be one query that only reads and gives what only this system holds, such as \"select name"
                        + " from res_company\"; \"muster run RUNBOOK --keep 4h\" leaves the database up to try it in.");
    }
}
