package dev.muster.check;

import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The restored database as checks see it: read-only unless they say otherwise, and ended from outside when need be. */
final class GuardedDatabase implements Database, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDatabase.class);

    private static final String CANCELLED = "57014";

    private final Database restored;
    private final Set<Connection> connections = new HashSet<>();
    private boolean closed;

    GuardedDatabase(Database restored) {
        this.restored = restored;
    }

    @Override
    public synchronized Connection connect() throws SQLException {
        if (closed) {
            throw new SQLException("the check has ended", CANCELLED);
        }
        Connection connection = restored.connect();
        connections.add(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = on");
            // Without it the server finishes a statement that nobody waits for any more.
            statement.execute("set client_connection_check_interval = '1s'");
        }
        return connection;
    }

    /** Ends every statement that still runs; waiting for one of them does not notice an interrupt by itself. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Connection connection : connections) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                LOG.debug("a connection of a check ended by itself", gone);
            }
        }
        connections.clear();
    }

    @Override
    public String name() {
        return restored.name();
    }

    @Override
    public int major() {
        return restored.major();
    }

    @Override
    public String version() {
        return restored.version();
    }

    @Override
    public Database beside(String other) {
        return restored.beside(other);
    }

    @Override
    public Map<String, String> environment() {
        return restored.environment();
    }

    @Override
    public Map<String, String> tuning() {
        return restored.tuning();
    }
}
