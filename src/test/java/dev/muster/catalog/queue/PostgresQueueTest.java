package dev.muster.catalog.queue;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresQueueTest extends QueueContract {
    @TempDir
    private static Path temporary;

    private static PostgresServer server;

    @BeforeAll
    static void starts() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = new PostgresServer(temporary.resolve("home"));
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    @AfterEach
    void empties() throws SQLException {
        server.empty();
    }

    @Override
    Catalog hold() {
        return Catalog.hold(server.url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
    }
}
