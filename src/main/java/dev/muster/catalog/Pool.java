package dev.muster.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionFactory;

/** Holds connections open, for a process that asks all the time. */
final class Pool implements ConnectionFactory, AutoCloseable {
    private static final int CONNECTIONS = 12;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final HikariDataSource connections;

    private Pool(HikariDataSource connections) {
        this.connections = connections;
    }

    static Pool of(Connections single) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog");
        config.setJdbcUrl(single.url());
        config.setUsername(single.user());
        config.setPassword(single.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        // Another process may have the file open for a moment.
        config.setInitializationFailTimeout(LONGEST_WAIT.toMillis());
        try {
            HikariDataSource connections = new HikariDataSource(config);
            closeToOthers(single.keyFile());
            return new Pool(connections);
        } catch (HikariPool.PoolInitializationException | IOException failed) {
            throw single.trouble("The catalog could not be opened", failed);
        }
    }

    /** Whoever reads the key of a shared file may do in it what Muster may. */
    private static void closeToOthers(Optional<Path> key) throws IOException {
        if (key.filter(Files::exists).isPresent()) {
            Files.setPosixFilePermissions(key.get(), PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Override
    public Connection openConnection() throws SQLException {
        return connections.getConnection();
    }

    @Override
    public void close() {
        connections.close();
    }
}
