package dev.muster.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes the sample company's database as plain SQL, the way {@code pg_dump} does where it is not installed. */
final class PlainDump {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private static final String PREAMBLE = """
            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;
            SELECT pg_catalog.set_config('search_path', '', false);
            SET check_function_bodies = false;
            SET xmloption = content;
            SET client_min_messages = warning;
            SET row_security = off;
            SET default_tablespace = '';
            SET default_table_access_method = heap;

            """;

    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname),
                   (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r'
            order by c.relname""";

    private static final String SEQUENCES = """
            select format('SELECT pg_catalog.setval(%L, %s, %L);', format('%I.%I', schemaname, sequencename),
                          coalesce(last_value, start_value), (last_value is not null)::text)
            from pg_sequences where schemaname = 'public'
            order by sequencename""";

    private static final String VIEWS =
            "select format('REFRESH MATERIALIZED VIEW %I.%I;', schemaname, matviewname) from pg_matviews"
                    + " where schemaname = 'public' order by matviewname";

    private final Clock clock;

    PlainDump(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes what one snapshot sees, and says which instant the dump gives as its start.
     *
     * @param pretended the instant to give instead of now, for a backup that stands for the past; the dump says so
     */
    Instant write(Connection connection, Optional<Instant> pretended, OutputStream out)
            throws SQLException, IOException, InterruptedException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        Instant now = clock.instant();
        Instant started = pretended.orElse(now);
        try (Statement query = connection.createStatement()) {
            String version = lines(query, "show server_version").get(0);
            print(out, "--\n-- PostgreSQL database dump\n--\n\n");
            print(out, "-- Dumped from database version " + version + "\n");
            print(out, "-- Dumped by the demonstration of Muster, not by pg_dump\n");
            if (pretended.isPresent()) {
                print(out, "-- This dump stands for the past: it was really written on " + MOMENT.format(now) + "\n");
            }
            print(out, "\n-- Started on " + MOMENT.format(started) + "\n\n" + PREAMBLE);
            print(out, Resource.text("tables.sql") + "\n");
            copyTables(connection, query, out);
            for (String statement : lines(query, SEQUENCES)) {
                print(out, statement + "\n");
            }
            print(out, "\n" + Resource.text("keys.sql") + "\n");
            for (String statement : lines(query, VIEWS)) {
                print(out, statement + "\n");
            }
            Instant completed = started.plus(Duration.between(now, clock.instant()));
            print(
                    out,
                    "\n-- Completed on " + MOMENT.format(completed)
                            + "\n\n--\n-- PostgreSQL database dump complete\n--\n\n");
            return started;
        } finally {
            connection.rollback();
        }
    }

    private static void copyTables(Connection connection, Statement query, OutputStream out)
            throws SQLException, IOException, InterruptedException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = query.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1) + " (" + rows.getString(2) + ")");
            }
        }
        for (String table : tables) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            print(out, "COPY " + table + " FROM stdin;\n");
            copies.copyOut("COPY " + table + " TO STDOUT", out);
            print(out, "\\.\n\n");
        }
    }

    private static List<String> lines(Statement query, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = query.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
