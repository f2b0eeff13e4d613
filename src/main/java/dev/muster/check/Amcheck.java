package dev.muster.check;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The amcheck extension in a restored database: in a schema of its own while it is needed, unless it was there. */
record Amcheck(Database database, String schema, boolean brought) implements AutoCloseable {
    private static final String OWN_SCHEMA = "muster_amcheck";

    static Amcheck install(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Optional<String> there = word(
                    statement,
                    "select quote_ident(n.nspname) from pg_catalog.pg_extension e"
                            + " join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'amcheck'");
            if (there.isPresent()) {
                return new Amcheck(database, there.get(), false);
            }
            if (word(statement, "select name from pg_catalog.pg_available_extensions where name = 'amcheck'")
                    .isEmpty()) {
                throw new CouldNotRun(new Problem(
                        "The scratch's PostgreSQL server has no amcheck extension",
                        "PostgreSQL " + database.version(),
                        "Install what ships it beside the server: postgresql-contrib (Red Hat) or postgresql-"
                                + database.major() + " (Debian, Ubuntu)."));
            }
            statement.execute("set default_transaction_read_only = off");
            connection.setAutoCommit(false);
            statement.execute("create schema " + OWN_SCHEMA);
            statement.execute("create extension amcheck schema " + OWN_SCHEMA);
            connection.commit();
            return new Amcheck(database, OWN_SCHEMA, true);
        }
    }

    /** What was found in a table or index: a sign of damage, or why it could not be looked into. */
    record Seen(Optional<String> damage, Optional<String> trouble) {}

    Seen look(Connection connection, long relation, String name, boolean index) throws SQLException {
        try {
            return new Seen(damage(connection, relation, index).map(damage -> name + ": " + damage), Optional.empty());
        } catch (SQLException error) {
            ServerError said = ServerError.of(error);
            if (connection.isClosed() || said.endsTheSession()) {
                throw error;
            }
            Optional<String> line = Optional.of(name + ": " + said);
            return said.blamesTheData() ? new Seen(line, Optional.empty()) : new Seen(Optional.empty(), line);
        }
    }

    private Optional<String> damage(Connection connection, long relation, boolean index) throws SQLException {
        String query = index
                ? "select nullif(%s.bt_index_parent_check(?::bigint::oid::regclass, true, true)::text, '')"
                : "select format('block %%s, row %%s: %%s', blkno, offnum, msg)"
                        + " from %s.verify_heapam(?::bigint::oid::regclass, check_toast => true) limit 1";
        try (PreparedStatement statement = connection.prepareStatement(query.formatted(schema))) {
            statement.setLong(1, relation);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (brought) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set default_transaction_read_only = off");
                statement.execute("drop extension amcheck");
                statement.execute("drop schema " + schema);
            }
        }
    }

    private static Optional<String> word(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }
}
