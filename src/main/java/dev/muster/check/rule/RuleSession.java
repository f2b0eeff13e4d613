package dev.muster.check.rule;

import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A transaction that may read every table of the restored database, and nothing else. */
record RuleSession(Connection connection) implements AutoCloseable {

    static RuleSession open(Database database, Duration within) throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            // Only within a transaction does the driver hand on rows as they come instead of holding all of them.
            connection.setAutoCommit(false);
            statement.execute("set transaction read only");
            statement.execute("set local statement_timeout = " + within.toMillis());
            statement.execute("set local search_path = public, pg_temp");
            // Rows that a policy would hide must not be missed in silence.
            statement.execute("set local row_security = off");
            // What the restored database calls a function or a view may be anybody's.
            statement.execute("set local role pg_read_all_data");
            return new RuleSession(connection);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    Rows ask(String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(Rows.COUNTED + 1);
            statement.setFetchSize(Rows.SHOWN);
            try (ResultSet rows = statement.executeQuery(query)) {
                return Rows.read(rows);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
