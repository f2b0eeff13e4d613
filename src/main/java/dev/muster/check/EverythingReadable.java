package dev.muster.check;

import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Can every value of every row and every large object be read, those that lie outside of their rows included? */
final class EverythingReadable implements Check {
    @Override
    public String name() {
        return "everything-readable";
    }

    @Override
    public String group() {
        return "database-integrity";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, InterruptedException {
        Database database = subject.restoredDatabase();
        List<Contents> all = new ArrayList<>();
        int tables;
        long unfilled;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            all.addAll(TableContents.all(statement));
            tables = all.size();
            all.addAll(LargeObject.all(statement));
            unfilled = unfilled(statement);
        }
        if (all.stream().noneMatch(Contents::own)) {
            return Answer.couldNotRun(NothingThere.in(subject, "table or large object"), Map.of());
        }
        List<Seen> seen =
                new Lanes(database, "tables and large objects read", progress).ask(all, EverythingReadable::look);
        Map<String, String> observations = new LinkedHashMap<>();
        observations.put("tables read", String.valueOf(tables));
        observations.put("rows read", String.valueOf(sum(seen.subList(0, tables))));
        observations.put("large objects read", String.valueOf(all.size() - tables));
        observations.put("bytes of large objects", String.valueOf(sum(seen.subList(tables, seen.size()))));
        observations.put("materialized views without content, not read", String.valueOf(unfilled));
        return answer(database, seen, observations);
    }

    private static Answer answer(Database database, List<Seen> seen, Map<String, String> observations) {
        List<String> damaged =
                seen.stream().flatMap(each -> each.damage.stream()).toList();
        List<String> unanswered =
                seen.stream().flatMap(each -> each.trouble.stream()).toList();
        observations.put("unreadable", String.valueOf(damaged.size()));
        Optional<Problem> trouble = unanswered.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        unanswered.size() + " tables or large objects could not be read to their end",
                        Examples.of(unanswered),
                        "The server's words say what was missing: an extension's library, memory, a sound disk. Put that"
                                + " right on the machine that drills, then run the drill again."));
        Optional<Problem> broken = damaged.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        damaged.size() + " tables or large objects cannot be read in database " + database.name(),
                        Examples.of(damaged),
                        "Read the same rows in production, where ctid says in which block they lie. Unreadable there too:"
                                + " restore them from an older backup. Contents there: the backup is bad, so choose an older"
                                + " one with --backup database=KEY."));
        return Answer.judged(broken, trouble, observations);
    }

    private static Seen look(Connection connection, Contents contents) throws SQLException {
        try {
            return new Seen(contents.read(connection), Optional.empty(), Optional.empty());
        } catch (SQLException error) {
            ServerError said = ServerError.of(error);
            if (connection.isClosed() || said.endsTheSession()) {
                throw error;
            }
            if (blamesTheData(said)) {
                return new Seen(
                        0, Optional.of(contents.name() + contents.region(connection) + ": " + said), Optional.empty());
            }
            return new Seen(0, Optional.empty(), Optional.of(contents.name() + ": " + said));
        }
    }

    /** A row with a length that cannot be is an internal error to the server; a library that it lacks is no damage. */
    private static boolean blamesTheData(ServerError said) {
        boolean library = said.message().startsWith("could not access file")
                || said.message().startsWith("could not load");
        return !library && (said.blamesTheData() || said.state().equals("XX000"));
    }

    private static long unfilled(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "select count(*) from pg_catalog.pg_class where relkind = 'm' and not relispopulated")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long sum(List<Seen> seen) {
        return seen.stream().mapToLong(Seen::amount).sum();
    }

    private record Seen(long amount, Optional<String> damage, Optional<String> trouble) {}
}
