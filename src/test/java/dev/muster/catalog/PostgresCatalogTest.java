package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "installed", disabledReason = "PostgreSQL's server programs are not installed")
class PostgresCatalogTest extends CatalogContract {
    private static PostgresServer server;

    static boolean installed() {
        return PostgresServer.installed();
    }

    @BeforeAll
    static void starts() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stops() throws Exception {
        server.stop();
    }

    @AfterEach
    void empties() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
    }

    @Override
    Catalog open() {
        return open(PostgresServer.PASSWORD);
    }

    private static Catalog open(String password) {
        return Catalog.open(server.url(), Optional.of(PostgresServer.USER), Optional.of(new Secret(password)));
    }

    @Test
    void says_that_the_password_is_wrong_without_showing_it() {
        assertThatThrownBy(() -> open("wrong-password"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-password");
        assertThat(open().newest(Optional.empty(), 1)).isEmpty();
    }
}
