package dev.muster.check;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Do the rows keep what their tables' constraints promise? Proven from the rows, without catalog and indexes. */
final class ConstraintsHold implements Check {
    @Override
    public String name() {
        return "constraints-hold";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Database database = subject.restoredDatabase();
        List<Constraint> constraints;
        long others;
        List<Seen> seen;
        try (PlainReader reader = PlainReader.install(database)) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                reader.sober(connection);
                constraints = Constraint.all(statement);
                others = Constraint.others(statement);
            }
            seen = new Lanes(database, "constraints proven", progress)
                    .ask(constraints, (connection, constraint) -> look(reader, connection, constraint));
        }
        Map<String, String> observations = new LinkedHashMap<>();
        for (Constraint.Kind kind : Constraint.Kind.values()) {
            observations.put(
                    kind.label(),
                    String.valueOf(constraints.stream()
                            .filter(constraint -> constraint.kind() == kind)
                            .mapToLong(Constraint::columns)
                            .sum()));
        }
        observations.put("not enforced or of other kinds, not looked at", String.valueOf(others));
        if (constraints.isEmpty()) {
            return Answer.couldNotRun(NothingThere.in(subject, "constraint"), observations);
        }
        return answer(database, seen, observations);
    }

    private static Answer answer(Database database, List<Seen> seen, Map<String, String> observations) {
        List<Constraint.Broken> proven =
                seen.stream().flatMap(each -> each.proven.stream()).toList();
        List<String> broken = proven.stream()
                .filter(each -> each.found() && each.constraint().claimed())
                .map(Constraint.Broken::toString)
                .toList();
        List<Finding> unclaimed = proven.stream()
                .filter(each -> !each.constraint().claimed())
                .map(ConstraintsHold::finding)
                .toList();
        List<String> unanswered =
                seen.stream().flatMap(each -> each.trouble.stream()).toList();
        observations.put("broken", String.valueOf(broken.size()));
        Optional<Problem> trouble = unanswered.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        unanswered.size() + " constraints could not be proven",
                        Examples.of(unanswered),
                        "A constraint that calls a function needs what the function calls; make such functions name"
                                + " their schemas in production and let everybody call them, then back up again."));
        Optional<Problem> problem = broken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        broken.size() + " constraints do not hold in database " + database.name(),
                        Examples.of(broken),
                        "See the rows with SELECT * FROM table WHERE ctid = '(block,row)' in a scratch that is kept with"
                                + " --keep 4h, and look for them in production. Broken there too: repair the rows, then"
                                + " REINDEX what belongs to the constraint. Not broken there: choose an older backup with"
                                + " --backup database=KEY."));
        return Answer.judged(problem, trouble, observations).with(unclaimed);
    }

    /** The database never said that such a constraint holds, so rows against it are no fault of the backup. */
    private static Finding finding(Constraint.Broken proof) {
        return proof.found()
                ? new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                "A constraint that is NOT VALID does not hold",
                                proof.toString(),
                                "Repair the rows in production, then ALTER TABLE … VALIDATE CONSTRAINT."))
                : new Finding(
                        Finding.Severity.NOTE,
                        new Problem(
                                "A constraint is NOT VALID although all rows keep it",
                                proof.constraint().name(),
                                "Run ALTER TABLE … VALIDATE CONSTRAINT in production."));
    }

    private static Seen look(PlainReader reader, Connection connection, Constraint constraint) throws SQLException {
        reader.sober(connection);
        try {
            return new Seen(Optional.of(constraint.prove(connection)), Optional.empty());
        } catch (SQLException error) {
            ServerError said = ServerError.of(error);
            if (connection.isClosed() || said.endsTheSession()) {
                throw error;
            }
            return new Seen(Optional.empty(), Optional.of(constraint.name() + ": " + said));
        }
    }

    private record Seen(Optional<Constraint.Broken> proven, Optional<String> trouble) {}
}
