package dev.muster.check;

import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that may read every table of the restored database, and nothing else. */
public final class ReadOnly {
    private ReadOnly() {}

    /** Begins one on a connection of its own; names without a schema mean what lies in {@code public}. */
    public static Connection connect(Database database) throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            // Only within a transaction does the driver hand on rows as they come instead of holding all of them.
            connection.setAutoCommit(false);
            statement.execute("set transaction read only");
            statement.execute("set local search_path = public, pg_temp");
            // Rows that a policy would hide must not be missed in silence.
            statement.execute("set local row_security = off");
            // What the restored database calls a function or a view may be anybody's.
            statement.execute("set local role pg_read_all_data");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }
}
