package dev.muster.restore.neutralise;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Switches off in the restored data whatever would reach out, and asks the data afterwards whether it is off. */
public final class Neutraliser {
    /** The check that what was to be switched off is off. */
    public static final String NAME = "neutralised";

    private static final String ODOO = "odoo";

    private final Clock clock;

    public Neutraliser(Clock clock) {
        this.clock = clock;
    }

    /** The tables that neutralising may write to. */
    public static Set<String> written() {
        return OdooOutlets.tables();
    }

    /** Neutralises by the profile's list; the verdict is what a second look at the data says. */
    public CheckResult neutralise(String profile, String step, Database database) {
        Instant started = clock.instant();
        Map<String, String> observations = new LinkedHashMap<>();
        if (!profile.equals(ODOO)) {
            return couldNotRun(
                    step,
                    started,
                    observations,
                    new Problem(
                            "There is no way to neutralise \"" + profile + "\"",
                            "step " + step,
                            "Write \"neutralise: odoo\", or take the step out."));
        }
        try {
            return neutraliseOdoo(step, started, database, observations);
        } catch (SQLException error) {
            return couldNotRun(
                    step,
                    started,
                    observations,
                    new Problem(
                            "The database could not be neutralised: " + firstLine(error),
                            "database " + database.name() + ", step " + step,
                            "Nothing may be started on it. Keep the scratch with --keep 4h and look at the table that"
                                    + " the message names."));
        }
    }

    private CheckResult neutraliseOdoo(
            String step, Instant started, Database database, Map<String, String> observations) throws SQLException {
        List<String> open = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Map<String, Set<String>> columns = columns(statement);
            if (!columns.containsKey("ir_config_parameter")) {
                return couldNotRun(
                        step,
                        started,
                        observations,
                        new Problem(
                                "This is no Odoo database: it has no table ir_config_parameter",
                                "database " + database.name(),
                                "Remove the step \"neutralise: odoo\" from the runbook, or check that it restores the"
                                        + " right backup."));
            }
            List<Outlet> outlets = OdooOutlets.in(columns).stream()
                    .filter(outlet -> has(columns, outlet.table(), outlet.columns()))
                    .toList();
            List<Mark> marks = OdooOutlets.marks().stream()
                    .filter(mark -> has(columns, mark.table(), mark.columns()))
                    .toList();
            List<Long> before = new ArrayList<>();
            for (Outlet outlet : outlets) {
                before.add(number(statement, outlet.count()));
            }
            shut(connection, outlets, marks);
            for (int i = 0; i < outlets.size(); i++) {
                long after = number(statement, outlets.get(i).count());
                observations.put(outlets.get(i).name(), "%d before, %d after".formatted(before.get(i), after));
                if (after > 0) {
                    open.add(after + " " + outlets.get(i).name());
                }
            }
            for (Mark mark : marks) {
                long there = number(statement, mark.count());
                observations.put(mark.name(), String.valueOf(there));
                if (there == 0) {
                    open.add("no " + mark.name());
                }
            }
        }
        if (open.isEmpty()) {
            return result(step, started, Verdict.PASSED, observations, Optional.empty());
        }
        return result(
                step,
                started,
                Verdict.FAILED,
                observations,
                Optional.of(new Problem(
                        "After neutralising, the data can still reach out: " + String.join(", ", open),
                        "database " + database.name(),
                        "Nothing may be started on it. Look for rules and triggers on these tables that are enabled"
                                + " ALWAYS and swallow updates.")));
    }

    private static void shut(Connection connection, List<Outlet> outlets, List<Mark> marks) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Triggers and rules that came with the backup could reach out themselves, so they do not fire.
            statement.execute("set local session_replication_role = replica");
            for (Outlet outlet : outlets) {
                statement.executeUpdate(outlet.shut());
            }
            for (Mark mark : marks) {
                for (String make : mark.make()) {
                    statement.executeUpdate(make);
                }
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean has(Map<String, Set<String>> columns, String table, Set<String> needed) {
        return columns.getOrDefault(table, Set.of()).containsAll(needed);
    }

    private static Map<String, Set<String>> columns(Statement statement) throws SQLException {
        Map<String, Set<String>> columns = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("""
                select table_name, column_name from information_schema.columns
                where table_schema = current_schema()""")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), table -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
        return columns;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String firstLine(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    private CheckResult couldNotRun(String step, Instant started, Map<String, String> seen, Problem problem) {
        return result(step, started, Verdict.COULD_NOT_RUN, seen, Optional.of(problem));
    }

    private CheckResult result(
            String step, Instant started, Verdict verdict, Map<String, String> seen, Optional<Problem> problem) {
        return new CheckResult(NAME, step, verdict, started, clock.instant(), seen, problem, List.of());
    }
}
