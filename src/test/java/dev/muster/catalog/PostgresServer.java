package dev.muster.catalog;

import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A real PostgreSQL with a user of its own for the catalog. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "catalog_owner";
    public static final Secret PASSWORD = new Secret("only-for-a-test");

    private final LocalSite site;

    private final Scratch scratch;
    private final Database database;

    public PostgresServer(Path home) throws InterruptedException, SQLException {
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "catalog-test",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty())
                                .in(ScratchPlan.Network.OPEN));
        scratch = site.scratch();
        boolean started = false;
        try {
            database = scratch.startDatabase(15, "catalog");
            execute("create role " + USER + " login password '" + PASSWORD.reveal() + "'");
            empty();
            started = true;
        } finally {
            if (!started) {
                site.remove();
            }
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + database.environment().get("PGPORT") + "/" + database.name();
    }

    public void empty() throws SQLException {
        execute("drop schema if exists public cascade");
        execute("create schema public authorization " + USER);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        site.remove();
    }
}
