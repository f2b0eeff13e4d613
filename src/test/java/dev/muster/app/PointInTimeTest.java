package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.muster.backup.format.Compression;
import dev.muster.backup.log.Segment;
import dev.muster.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whole drills of base backups that the real pg_basebackup made, recovered with a real server's log to any instant. */
@Needs({"initdb", "pg_ctl", "pg_basebackup"})
class PointInTimeTest {
    private static final String SOURCE =
            "database: { vault: primary, format: pg-basebackup, prefix: base/, wal: { prefix: wal/ } }";

    @TempDir
    static Path making;

    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    private static final List<Instant> BEATS = new ArrayList<>();
    private static final List<String> SEGMENTS = new ArrayList<>();
    private static String transaction = "";
    private static String position = "";

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        try (ArchivingServer server = new ArchivingServer(making)) {
            server.tablespace();
            BEATS.add(server.beat());
            Path backup = server.backup("--gzip", "--wal-method=stream");
            Instant afterBackup = Instant.now();
            for (int segment = 0; segment < 5; segment++) {
                BEATS.add(server.beat());
                if (segment == 2) {
                    server.sql("select pg_create_restore_point('before-release')");
                    position = server.one("select pg_current_wal_lsn()");
                    transaction = server.one("select pg_current_xact_id()");
                }
                BEATS.add(server.beat());
                SEGMENTS.add(server.endSegment());
            }
            for (Path file : ArchivingServer.files(backup)) {
                OBJECTS.keep("base/monday/" + file.getFileName(), file, afterBackup);
            }
            int count = 0;
            for (Path file : server.archived()) {
                archive(file, count++);
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
        bench.runbook(15, SOURCE);
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @Test
    void a_proof_catches_faults_of_base_backup_log_and_data() throws Exception {
        Instant asked = RecoveryBench.after(BEATS, 5);
        bench.date(segment(2), asked.plusSeconds(60));
        List<String> faults = List.of("database-truncated-at-50", "log-segment-missing", "index-invalid");

        Playground.Outcome proof = bench.prove(faults, "--at", asked.toString());

        assertThat(proof.json().path("control").asString())
                .as(proof.out() + proof.err())
                .isEqualTo("PASSED");
        for (JsonNode fault : proof.json().path("faults")) {
            assertThat(fault.path("caught").asBoolean()).as(fault.toString()).isTrue();
        }
        assertThat(proof.json().path("faults")).hasSize(3);
    }

    @Test
    void every_heartbeat_before_the_asked_instant_is_there_and_none_after_it() throws Exception {
        Instant asked = RecoveryBench.after(BEATS, 5);
        bench.date(segment(2), asked.plusSeconds(60));

        JsonNode drill = bench.passed("--at", asked.toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(5));
        JsonNode recovered = bench.observations(drill, "recovered-to-target");
        assertThat(Instant.parse(recovered.path("last transaction replayed").asString()))
                .isBetween(BEATS.get(5), asked);
        assertThat(Instant.parse(recovered.path("first transaction left out").asString()))
                .isAfter(asked);
        assertThat(bench.check(drill, "recovered-to-target").path("findings").toString())
                .contains("was stored at", "would have been lost");
    }

    @Test
    void the_whole_log_is_replayed_when_it_ends_before_the_disaster() throws Exception {
        JsonNode drill = bench.passed();

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1));
        assertThat(bench.observations(drill, "recovered-to-target")
                        .path("last segment replayed")
                        .asString())
                .isEqualTo(SEGMENTS.get(SEGMENTS.size() - 1));
        assertThat(bench.check(drill, "recovered-to-target").path("findings")).isEmpty();
        assertThat(bench.record(drill).path("timeline").toString()).contains("recover: database");
        assertThat(bench.observations(drill, "restored-completely")
                        .path("pg_verifybackup")
                        .asString())
                .isEqualTo("backup verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lsn", "xid", "name"})
    void recovery_stops_at_a_position_a_transaction_or_a_restore_point(String kind) throws Exception {
        String value = switch (kind) {
            case "lsn" -> position;
            case "xid" -> transaction;
            default -> "before-release";
        };

        JsonNode drill = bench.passed("--set", "backups.database.target=" + kind + " " + value);

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(5));
    }

    @Test
    void a_missing_segment_is_named_before_anything_is_restored() throws Exception {
        String key = segment(2);
        bench.remove(key);

        Playground.Outcome outcome = bench.run();

        assertThat(outcome.json().path("verdict").asString()).isEqualTo("FAILED");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("lacks " + SEGMENTS.get(2));
        assertThat(outcome.json().path("checks")).isEmpty();
    }

    @Test
    void a_segment_that_is_missing_only_after_the_asked_instant_does_no_harm() throws Exception {
        bench.remove(segment(3));

        JsonNode drill = bench.passed("--at", RecoveryBench.after(BEATS, 3).toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(3));
    }

    @Test
    void an_instant_after_which_nothing_was_committed_takes_the_whole_log() throws Exception {
        Instant quiet = BEATS.get(BEATS.size() - 1).plusSeconds(5);
        for (String key : OBJECTS.keys()) {
            if (key.startsWith("wal/")) {
                bench.date(key, quiet.plusSeconds(60));
            }
        }

        JsonNode drill = bench.passed("--at", quiet.toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void a_corrupt_segment_is_named_even_if_it_is_the_last_one(int number) throws Exception {
        byte[] content = unpacked(segment(number));
        Arrays.fill(content, 8192, 16384, (byte) 7);

        damaged(number, content);
    }

    @Test
    void a_flipped_byte_in_the_last_record_of_all_is_noticed() throws Exception {
        byte[] content = unpacked(segment(4));
        int end = content.length - 1;
        while (content[end] == 0) {
            end--;
        }
        content[end] ^= 1;

        damaged(4, content);
    }

    private void damaged(int number, byte[] content) throws IOException {
        String key = segment(number);
        bench.remove(key);
        bench.place("wal/" + SEGMENTS.get(number), content, OBJECTS.stored(key));

        assertThat(bench.ended("FAILED").out())
                .contains("The segment " + SEGMENTS.get(number) + " of the log is corrupt");
    }

    @Test
    void a_target_that_the_log_does_not_reach_is_a_fault() throws Exception {
        Playground.Outcome outcome = bench.run("--set", "backups.database.target=time " + Instant.now());

        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("FAILED");
        assertThat(outcome.out()).contains("The archived log ends before the instant", "target=latest");
    }

    @Test
    void a_target_before_the_end_of_the_backup_asks_for_an_older_one() throws Exception {
        Playground.Outcome outcome = bench.run("--set", "backups.database.target=lsn 0/1000100");

        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("COULD_NOT_RUN");
        assertThat(outcome.out()).contains("before the end of the backup", "--backup database=");
    }

    @Test
    void an_altered_manifest_and_a_backup_without_one_are_not_complete() throws Exception {
        String key = "base/monday/backup_manifest";
        String text = new String(OBJECTS.content(key), StandardCharsets.UTF_8);
        bench.place(
                key,
                text.replaceFirst("\"Size\": 3", "\"Size\": 4").getBytes(StandardCharsets.UTF_8),
                OBJECTS.stored(key));
        assertThat(bench.run().out()).contains("its own checksum differs");

        bench.remove(key);
        Playground.Outcome outcome = bench.run();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("backup_manifest, which pg_basebackup writes last, is missing");
    }

    @Test
    void a_missing_tablespace_and_a_wrong_version_of_the_server_are_named() throws Exception {
        Playground.Outcome outcome = bench.run("--set", "scratch.postgres=16");
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("COULD_NOT_RUN");
        assertThat(outcome.out()).contains("--set scratch.postgres=15");

        String tablespace = OBJECTS.keys().stream()
                .filter(key -> key.matches("base/monday/\\d+\\.tar\\.gz"))
                .findFirst()
                .orElseThrow();
        bench.remove(tablespace);
        assertThat(bench.run().out()).contains(tablespace.substring("base/monday/".length(), tablespace.length() - 3));
    }

    @Test
    void a_log_of_tens_of_thousands_of_segments_is_planned_in_seconds() throws Exception {
        Segment last = Segment.named(SEGMENTS.get(SEGMENTS.size() - 1), 16 << 20);
        for (int more = 0; more < 20_000; more++) {
            last = last.next();
            bench.playground.s3.put(Playground.BUCKET, "wal/" + last.name() + ".gz", new byte[] {1});
        }

        Instant from = Instant.now();
        Playground.Outcome plan = bench.playground.muster("plan", "trial", "--json");

        assertThat(Duration.between(from, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
    }

    private static String segment(int number) {
        return OBJECTS.key("wal/" + SEGMENTS.get(number));
    }

    private static byte[] unpacked(String key) throws IOException {
        byte[] packed = OBJECTS.content(key);
        try (InputStream in = Compression.of(packed).open(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** Each segment compressed in another way, as an archive that has seen several tools. */
    private static void archive(Path file, int count) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Instant at = Files.getLastModifiedTime(file).toInstant();
        String key = "wal/" + file.getFileName();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        switch (count % 4) {
            case 0 -> {
                try (OutputStream out = new GZIPOutputStream(packed)) {
                    out.write(content);
                }
                OBJECTS.keep(key + ".gz", packed.toByteArray(), at);
            }
            case 1 -> OBJECTS.keep(key + ".zst", Zstd.compress(content), at);
            case 2 -> {
                try (OutputStream out = new LZ4FrameOutputStream(packed)) {
                    out.write(content);
                }
                OBJECTS.keep(key + ".lz4", packed.toByteArray(), at);
            }
            default -> OBJECTS.keep(key, content, at);
        }
    }
}
