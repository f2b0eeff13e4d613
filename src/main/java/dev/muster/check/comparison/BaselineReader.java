package dev.muster.check.comparison;

import dev.muster.check.Lanes;
import dev.muster.check.Watermarks;
import dev.muster.drill.Baseline;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Runbook;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what a database holds, as a baseline for later drills. It only reads. */
public final class BaselineReader {
    /** How the digests are made, for whoever makes them again by hand. */
    public static final String FORMULA = RowDigests.FORMULA;

    private static final Duration WATERMARK_LIMIT = Duration.ofMinutes(2);

    private static final String EXTENSIONS = "select extname, extversion from pg_catalog.pg_extension";

    private final Runbook runbook;
    private final Database database;
    private final Progress progress;

    public BaselineReader(Runbook runbook, Database database, Progress progress) {
        this.runbook = runbook;
        this.database = database;
        this.progress = progress;
    }

    /**
     * What the database holds now.
     *
     * @param at the instant of the state that it shows
     */
    public Baseline read(Instant at, Baseline.Origin origin) throws SQLException, InterruptedException {
        Baseline.Server server;
        Map<String, String> extensions;
        List<Table> tables;
        try (Connection connection = database.connect()) {
            server = server(connection, database);
            extensions = extensions(connection);
            tables = Table.all(connection).stream().filter(Table::lasting).toList();
        }
        Map<String, Baseline.Table> digested = new TreeMap<>();
        TreeSet<String> roles = new TreeSet<>();
        for (RowDigests.Digested one : digests(database, tables, progress)) {
            roles.add(one.table().owner());
            digested.put(
                    one.table().label(),
                    new Baseline.Table(
                            one.table().rows(), one.digest(), one.table().owner()));
        }
        return new Baseline(runbook.system(), at, origin, server, extensions, roles, watermarks(at), digested);
    }

    private Map<String, Instant> watermarks(Instant at) throws InterruptedException {
        Map<String, Instant> newest = new TreeMap<>();
        for (BusinessProcess process : runbook.processes().values()) {
            Reading reading = new Watermarks(WATERMARK_LIMIT).newest(process, database, at);
            reading.at().ifPresent(instant -> newest.put(process.name(), instant));
        }
        return newest;
    }

    static List<RowDigests.Digested> digests(Database database, List<Table> tables, Progress progress)
            throws SQLException, InterruptedException {
        return new Lanes(database, "contents digested by table", progress).ask(tables, (lane, table) -> {
            RowDigests.prepare(lane);
            return RowDigests.of(lane, table);
        });
    }

    static Baseline.Server server(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_encoding")) {
            row.next();
            return new Baseline.Server(database.version(), database.major(), row.getString(1));
        }
    }

    static Map<String, String> extensions(Connection connection) throws SQLException {
        Map<String, String> extensions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXTENSIONS)) {
            while (rows.next()) {
                extensions.put(rows.getString(1), rows.getString(2));
            }
        }
        return extensions;
    }
}
