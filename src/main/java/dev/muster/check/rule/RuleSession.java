package dev.muster.check.rule;

import dev.muster.check.ReadOnly;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A transaction in which rules are asked, none of them for longer than it may. */
record RuleSession(Connection connection) implements AutoCloseable {

    static RuleSession open(Database database, Duration within) throws SQLException {
        Connection connection = ReadOnly.connect(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + within.toMillis());
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
