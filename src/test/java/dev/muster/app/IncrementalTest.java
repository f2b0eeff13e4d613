package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups of PostgreSQL 17 that hold only what has changed since the one before. */
class IncrementalTest {
    private static final int POSTGRES = 17;
    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    /** The last heartbeat before each backup. */
    private static final List<Instant> BEATS = new ArrayList<>();

    /** A digest over all rows that changed, as they were at the last backup. */
    private static String rows = "";

    private static final String DIGEST =
            "(select md5(string_agg(t, ',' order by n)) from (select n, t from large union all select n, t from shrinks"
                    + " union all select n, md5 from elsewhere) all_rows)";

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        try (ArchivingServer server = new ArchivingServer(making, POSTGRES, "summarize_wal = on\nautovacuum = off\n")) {
            server.tablespace();
            server.sql("create table large as select n, repeat('x', 500) t from generate_series(1, 5000) n;"
                    + " create table shrinks as select n, repeat('y', 500) t from generate_series(1, 5000) n");
            Optional<Path> since = Optional.empty();
            for (String day : List.of("monday", "tuesday", "wednesday")) {
                BEATS.add(server.beat());
                rows = server.one("select " + DIGEST);
                Path backup = server.stream(since);
                since = Optional.of(backup);
                OBJECTS.keepAll("base/" + day + "/", ArchivingServer.files(backup));
                server.sql("update large set t = 'changed on " + day + "' where n % 1000 = " + BEATS.size()
                        + "; update elsewhere set md5 = '" + day + "' where n = 1; delete from shrinks where n > "
                        + 1000 / BEATS.size() + "; create table of_" + day + " (n int)");
                server.sql("vacuum shrinks");
            }
        }
    }

    @AfterAll
    static void forget() {
        OBJECTS.forget();
    }

    @BeforeEach
    void open() throws Exception {
        bench = new RecoveryBench(folder, OBJECTS);
        bench.runbook(
                POSTGRES,
                "database: { vault: primary, format: pg-basebackup, prefix: base/ }",
                "select max(at) from heartbeat where '" + rows + "' = " + DIGEST);
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @Test
    void an_incremental_backup_comes_back_together_with_all_that_it_builds_on() throws Exception {
        JsonNode drill = bench.passed();

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(2));
        assertThat(bench.observations(drill, "restored-completely")
                        .path("chain of backups")
                        .asString())
                .isEqualTo("monday, tuesday, wednesday");
    }

    @Test
    void a_full_backup_of_the_same_prefix_comes_back_by_itself() throws Exception {
        bench.runbook(POSTGRES, "database: { vault: primary, format: pg-basebackup, prefix: base/ }");

        JsonNode drill = bench.passed("--backup", "database=monday");

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(0));
    }

    @Test
    void a_chain_with_a_missing_link_is_passed_over_for_the_newest_backup_that_is_whole() throws Exception {
        bench.runbook(POSTGRES, "database: { vault: primary, format: pg-basebackup, prefix: base/ }");
        bench.remove("base/tuesday/backup_manifest");

        assertThat(bench.newestBeat(bench.passed())).isEqualTo(BEATS.get(0));
        assertThat(bench.ended("FAILED", "--backup", "database=wednesday").out())
                .contains("incremental backup, and the one that it builds on is not there");
    }

    @Test
    void a_tar_that_is_missing_in_an_earlier_link_is_named() {
        bench.remove("base/monday/base.tar");

        assertThat(bench.ended("FAILED", "--backup", "database=wednesday").out())
                .contains("builds on monday, where base.tar is missing");
    }

    @Test
    void a_flipped_byte_in_a_link_of_the_chain_is_found_by_that_links_own_manifest() throws Exception {
        String key = "base/tuesday/base.tar";
        byte[] content = OBJECTS.content(key).clone();
        int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("changed on monday");
        content[at] ^= 1;
        bench.place(key, content, OBJECTS.stored(key));

        assertThat(bench.ended("FAILED").out()).contains("INCREMENTAL.", "is not the one that was backed up");
    }
}
