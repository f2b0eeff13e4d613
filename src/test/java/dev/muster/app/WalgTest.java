package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole drills of backups in the layout of WAL-G, of a real server's files and log. */
@Needs({"initdb", "pg_ctl", "pg_basebackup", "brotli"})
class WalgTest {
    private static final String BACKUPS = "pg/basebackups_005/";
    private static final String SENTINEL = "_backup_stop_sentinel.json";
    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    private static final List<Instant> BEATS = new ArrayList<>();
    private static final List<String> SEGMENTS = new ArrayList<>();
    /** The names of a full backup, of the changes to it, and of the changes to those. */
    private static final List<String> NAMES = new ArrayList<>();

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        List<String> endings = List.of("lz4", "zst", "br");
        try (ArchivingServer server = new ArchivingServer(making)) {
            server.keepChecksums();
            server.tablespace();
            // As a server whose certificate lies elsewhere.
            Files.createSymbolicLink(server.data().resolve("server.crt"), Path.of("/etc/hostname"));
            server.sql("create table shrinking as select n, md5(n::text) from generate_series(1, 20000) n");
            server.sql("create table going as select 1");
            WalgWriter walg = new WalgWriter(server, OBJECTS, "pg/");
            Optional<WalgWriter.Made> before = Optional.empty();
            for (String ending : endings) {
                BEATS.add(server.beat());
                before = Optional.of(walg.backUp(ending, before));
                NAMES.add(before.get().name());
                BEATS.add(server.beat());
                server.sql("insert into elsewhere select n, md5(n::text) from generate_series(1, 3000) n");
                server.sql("delete from shrinking where n > 10000");
                server.sql("vacuum shrinking");
                server.sql("drop table if exists going");
                server.sql(
                        "create table new_since_" + ending + " as select md5(n::text) from generate_series(1, 9000) n");
                SEGMENTS.add(server.endSegment());
            }
            int count = 0;
            for (Path file : server.archived()) {
                walg.archive(file, endings.get(count++ % endings.size()));
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
        bench.runbook(15, "database: { vault: primary, format: wal-g, prefix: pg/ }");
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @Test
    void a_full_backup_is_brought_forward_to_the_asked_instant() throws Exception {
        JsonNode drill = bench.passed("--at", BEATS.get(1).plusNanos(1_000_000).toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(1));
        assertThat(made(drill)).isEqualTo("1");
    }

    @Test
    void changes_to_changes_to_a_full_backup_are_put_together_and_brought_to_the_end_of_the_log() throws Exception {
        // A copy of the bucket gives old backups new times.
        bench.date(BACKUPS + NAMES.get(0) + SENTINEL, Instant.now());

        JsonNode drill = bench.passed();

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1));
        assertThat(made(drill)).isEqualTo("3");
        assertThat(bench.observations(drill, "recovered-to-target")
                        .path("page checksums")
                        .asString())
                .startsWith("right on every page");
    }

    @Test
    void a_missing_segment_is_named_before_anything_is_restored() throws Exception {
        bench.remove(OBJECTS.key("pg/wal_005/" + SEGMENTS.get(1) + "."));

        Playground.Outcome outcome = bench.ended("FAILED", "--backup", "database=" + NAMES.get(0));

        assertThat(outcome.out()).contains("lacks " + SEGMENTS.get(1));
        assertThat(outcome.json().path("checks")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2, _backup_stop_sentinel.json, 2, 'which WAL-G writes last, is missing'",
        "2, /tar_partitions/part_001.tar.br, 2, /tar_partitions/part_001.tar.br is missing",
        "1, /tar_partitions/pg_control.tar.zst, 1, /tar_partitions/pg_control.tar is missing",
        "0, /tar_partitions/part_002.tar.lz4, 0, /tar_partitions/part_002.tar.lz4 is missing",
        "0, _backup_stop_sentinel.json, 0, of the backup that they were made to is missing",
        "1, /files_metadata.json, 1, files_metadata.json is missing",
    })
    void an_object_that_the_backup_or_one_before_it_lacks_is_named(int from, String object, int named, String reason)
            throws Exception {
        bench.remove(BACKUPS + NAMES.get(from) + object);

        assertThat(refused("FAILED")).contains(NAMES.get(named), reason);
    }

    @Test
    void a_file_that_is_in_no_tar_and_pages_that_were_corrupt_already_are_named() throws Exception {
        String key = BACKUPS + NAMES.get(2) + "/files_metadata.json";
        String list = new String(OBJECTS.content(key), StandardCharsets.UTF_8);
        place(key, list.replace("\"Files\":{", "\"Files\":{\"/base/1/4711\":{\"IsSkipped\":true},"));
        assertThat(refused("FAILED")).contains("The file base/1/4711 of the backup's files_metadata.json is in none");

        place(key, list.replace("/PG_VERSION\":{", "/PG_VERSION\":{\"CorruptBlocks\":{\"CorruptBlocksCount\":2},"));
        assertThat(refused("FAILED")).contains("had 2 corrupt pages already when it was backed up");
    }

    @ParameterizedTest
    @CsvSource({"0, libsodium", "193, GPG"})
    void an_encrypted_backup_is_said_to_need_the_tool_itself(int first, String how) throws Exception {
        for (String key : OBJECTS.keys()) {
            if (key.startsWith(BACKUPS + NAMES.get(0) + "/tar_partitions/")) {
                byte[] secret = new byte[OBJECTS.content(key).length];
                new Random(1).nextBytes(secret);
                secret[0] = (byte) first;
                bench.place(key, secret, OBJECTS.stored(key));
            }
        }

        assertThat(refused("COULD_NOT_RUN"))
                .contains(NAMES.get(0) + " is encrypted, with " + how, "wal-g backup-fetch DIR " + NAMES.get(0));
    }

    @Test
    void a_tar_that_is_cut_short_is_named() throws Exception {
        String key = BACKUPS + NAMES.get(2) + "/tar_partitions/part_001.tar.br";
        byte[] whole = OBJECTS.content(key);
        bench.place(key, java.util.Arrays.copyOf(whole, whole.length - 9), OBJECTS.stored(key));

        assertThat(refused("FAILED")).contains("is damaged or cut short", key);
    }

    /** Asks for the newest backup by its name, and says why it is not restored. */
    private String refused(String verdict) {
        return bench.ended(verdict, "--backup", "database=" + NAMES.get(2)).out();
    }

    private void place(String key, String content) throws Exception {
        bench.place(key, content.getBytes(StandardCharsets.UTF_8), OBJECTS.stored(key));
    }

    private String made(JsonNode drill) {
        return bench.observations(drill, "restored-completely")
                .path("backups that it is made of")
                .asString();
    }
}
