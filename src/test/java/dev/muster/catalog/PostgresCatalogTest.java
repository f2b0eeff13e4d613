package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCatalogTest extends CatalogContract {
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
    Catalog open() {
        return open(PostgresServer.PASSWORD);
    }

    private static Catalog open(Secret password) {
        return Catalog.open(server.url(), Optional.of(PostgresServer.USER), Optional.of(password));
    }

    @Test
    void says_that_the_password_is_wrong_without_showing_it() {
        assertThatThrownBy(() -> open(new Secret("wrong-password")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-password");
        assertThat(open().newest(Optional.empty(), 1)).isEmpty();
    }
}
