package dev.muster.catalog;

import dev.muster.catalog.people.DirectoryContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PeopleOnPostgresTest extends DirectoryContract {
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
    protected Catalog catalog() {
        return Catalog.open(server.url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
    }
}
