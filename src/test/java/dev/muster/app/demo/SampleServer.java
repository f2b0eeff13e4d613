package dev.muster.app.demo;

import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Program;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A real server with an empty database, for tests. */
final class SampleServer implements AutoCloseable {
    private final LocalSite site;
    private final Scratch scratch;
    private final Database database;

    SampleServer(Path home) throws InterruptedException {
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "demonstration-test",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty()));
        scratch = site.scratch();
        boolean started = false;
        try {
            database = scratch.startDatabase(15, "odoo");
            started = true;
        } finally {
            if (!started) {
                site.remove();
            }
        }
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** Where a program of this server may read what a test has put. */
    Path folder() {
        return scratch.folder("test");
    }

    Finished load(Path dump) throws InterruptedException {
        scratch.handOver(dump);
        return scratch.run(new Program(
                List.of(
                        scratch.client("psql", 15).orElseThrow().toString(),
                        "-X",
                        "-1",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-o",
                        "/dev/null",
                        "-f",
                        dump.toString()),
                database.environment(),
                line -> {}));
    }

    void isConsistent() throws SQLException {
        try (Connection connection = connect()) {
            Consistency.holds(connection);
        }
    }

    /** A digest over all rows of each table. */
    Map<String, String> contents() throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection = connect();
                Statement query = connection.createStatement()) {
            for (String table : column(query, "select tablename from pg_tables where schemaname = 'public'")) {
                contents.put(
                        table,
                        column(
                                        query,
                                        "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from public."
                                                + table + " t")
                                .get(0));
            }
        }
        return contents;
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement query = connection.createStatement()) {
            return Long.parseLong(column(query, sql).get(0));
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement query = connection.createStatement()) {
            return column(query, sql);
        }
    }

    private static List<String> column(Statement query, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = query.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Override
    public void close() {
        site.remove();
    }
}
