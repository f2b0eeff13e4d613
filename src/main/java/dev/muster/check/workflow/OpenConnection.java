package dev.muster.check.workflow;

import dev.muster.check.application.Started;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that a call waits on, to be ended from outside when the call is late or no longer wanted. */
final class OpenConnection {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnection.class);

    private final AtomicReference<@Nullable Connection> open = new AtomicReference<>();

    Connection of(Started application) throws SQLException {
        Connection connection = application.connect();
        open.set(connection);
        return connection;
    }

    void end() {
        Connection connection = open.getAndSet(null);
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.debug("a connection of a workflow ended by itself", gone);
        }
    }
}
