package dev.muster.check;

import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A role that may read every row and nothing else, for as long as expressions of the restored database are evaluated.
 * They may call functions that somebody wrote; such a function should find no superuser's rights to use by mistake.
 */
record PlainReader(Database database, String role) implements AutoCloseable {
    // Names are looked up where the server's own are, so that nothing restored stands in for them. Indexes, constraints
    // and policies are what is to be proven or could hide rows, so they do not help to answer.
    private static final String SOBER = """
            set search_path = pg_catalog;
            set enable_indexscan = off;
            set enable_indexonlyscan = off;
            set enable_bitmapscan = off;
            set constraint_exclusion = off;
            set row_security = off;
            set role %s""";

    static PlainReader install(Database database) throws SQLException {
        // A server has roles for all of its databases, and several of these may be read at once.
        String role = "muster_reader_" + UUID.randomUUID().toString().replace("-", "");
        write(database, "create role " + role + " bypassrls in role pg_read_all_data");
        return new PlainReader(database, role);
    }

    /** Makes a connection the reader's. */
    void sober(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SOBER.formatted(role));
        }
    }

    @Override
    public void close() throws SQLException {
        write(database, "drop role " + role);
    }

    private static void write(Database database, String... commands) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
