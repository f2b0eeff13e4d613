package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainDumpTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:03:04Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private static Path home;

    private static SampleServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new SampleServer(home);
        try (Connection connection = server.connect()) {
            Business.found(connection, 7, 300, NOW.minus(Duration.ofMinutes(3))).growUntil(NOW);
            new Filestore(home.resolve("files"), connection, 7).catchUp();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Needs("psql")
    void psql_loads_it_into_an_empty_database_with_the_same_contents() throws Exception {
        try (SampleServer copy = new SampleServer(home)) {
            Path dump = copy.folder().resolve("dump.sql");
            Files.writeString(dump, dump(Optional.empty()));
            assertThat(copy.load(dump).lastLines()).isEmpty();
            assertThat(copy.contents()).isEqualTo(server.contents());
            assertThat(copy.number("select nextval('sale_order_id_seq')")).isEqualTo(301);
            assertThat(copy.number("select sum(orders) from sale_month"))
                    .isEqualTo(server.number("select sum(orders) from sale_month"));
            copy.isConsistent();
        }
    }

    @Test
    void its_header_says_when_it_started_and_its_tail_that_it_is_complete() throws Exception {
        String dump = dump(Optional.empty());
        assertThat(dump).startsWith("--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.");
        assertThat(dump).contains("\n-- Started on 2026-11-21 07:03:04 UTC\n").doesNotContain("stands for the past");
        assertThat(dump).endsWith("--\n-- PostgreSQL database dump complete\n--\n\n");
    }

    @Test
    void one_that_stands_for_the_past_says_so() throws Exception {
        assertThat(dump(Optional.of(Instant.parse("2026-11-18T02:00:00Z"))))
                .contains("\n-- Started on 2026-11-18 02:00:00 UTC\n")
                .contains("\n-- This dump stands for the past: it was really written on 2026-11-21 07:03:04 UTC\n");
    }

    @Test
    void it_sees_one_moment_whatever_happens_meanwhile() throws Exception {
        Disturbed out = new Disturbed();
        try (Connection connection = server.connect()) {
            new PlainDump(CLOCK).write(connection, Optional.empty(), out);
        }
        assertThat(server.column("select login from res_users")).contains("meanwhile");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\tsales1\t").doesNotContain("meanwhile");
        server.execute("update res_users set login = 'sales1' where login = 'meanwhile'");
    }

    /** Lets a row change as soon as the dump's first bytes arrive. */
    private static final class Disturbed extends ByteArrayOutputStream {
        private boolean disturbed;

        @Override
        public void write(byte[] bytes) throws IOException {
            if (!disturbed) {
                disturbed = true;
                try {
                    server.execute("update res_users set login = 'meanwhile' where login = 'sales1'");
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
            super.write(bytes);
        }
    }

    private static String dump(Optional<Instant> pretended) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = server.connect()) {
            new PlainDump(CLOCK).write(connection, pretended, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
