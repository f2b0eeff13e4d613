package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.muster.backup.format.Compression;
import dev.muster.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
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
    private static final String STEPS = "- restore: database\n- check: database-integrity\n";

    @TempDir
    static Path making;

    /** The objects of a vault by key, and the time at which each was stored. */
    private static final Map<String, byte[]> OBJECTS = new TreeMap<>();

    private static final Map<String, Instant> STORED = new TreeMap<>();
    private static final List<Instant> BEATS = new ArrayList<>();
    private static final List<String> SEGMENTS = new ArrayList<>();
    private static String transaction = "";
    private static String position = "";

    @TempDir
    Path folder;

    private Playground playground;

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
                put("base/monday/" + file.getFileName(), file, afterBackup);
            }
            int count = 0;
            for (Path file : server.archived()) {
                archive(file, count++);
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        for (String key : OBJECTS.keySet()) {
            place(key, Objects.requireNonNull(OBJECTS.get(key)));
        }
        runbook(SOURCE);
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }

    @Test
    void every_heartbeat_before_the_asked_instant_is_there_and_none_after_it() throws Exception {
        Instant asked = BEATS.get(5).plusNanos(1_000_000);

        JsonNode drill = passed("--at", asked.toString());

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(5).toString());
        JsonNode recovered = observations(drill, "recovered-to-target");
        assertThat(Instant.parse(recovered.path("last transaction replayed").asString()))
                .isBetween(BEATS.get(5), asked);
        assertThat(Instant.parse(recovered.path("first transaction left out").asString()))
                .isAfter(asked);
    }

    @Test
    void the_whole_log_is_replayed_when_it_ends_before_the_disaster() throws Exception {
        JsonNode drill = passed();

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1).toString());
        assertThat(observations(drill, "recovered-to-target")
                        .path("last segment replayed")
                        .asString())
                .isEqualTo(SEGMENTS.get(SEGMENTS.size() - 1));
        assertThat(observations(drill, "restored-completely")
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

        JsonNode drill = passed("--set", "backups.database.target=" + kind + " " + value);

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(5).toString());
    }

    @Test
    void a_missing_segment_is_named_before_anything_is_restored() throws Exception {
        String key = segment(2);
        playground.s3.remove(Playground.BUCKET, key);

        Playground.Outcome outcome = run();

        assertThat(outcome.json().path("verdict").asString()).isEqualTo("FAILED");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("lacks " + SEGMENTS.get(2));
        assertThat(outcome.json().path("checks")).isEmpty();
    }

    @Test
    void a_segment_that_is_missing_only_after_the_asked_instant_does_no_harm() throws Exception {
        playground.s3.remove(Playground.BUCKET, segment(3));

        JsonNode drill = passed("--at", BEATS.get(3).plusNanos(1_000_000).toString());

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(3).toString());
    }

    @Test
    void an_instant_after_which_nothing_was_committed_takes_the_whole_log() throws Exception {
        Instant quiet = BEATS.get(BEATS.size() - 1).plusSeconds(5);
        STORED.forEach((key, at) -> assertThat(at).isBefore(quiet.plusSeconds(60)));
        for (String key : OBJECTS.keySet()) {
            if (key.startsWith("wal/")) {
                playground.s3.date(Playground.BUCKET, key, quiet.plusSeconds(60));
            }
        }

        JsonNode drill = passed("--at", quiet.toString());

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1).toString());
    }

    @Test
    void a_corrupt_segment_is_named() throws Exception {
        String key = segment(2);
        String raw = "wal/" + SEGMENTS.get(2);
        byte[] content = unpacked(key);
        Arrays.fill(content, 8192, 16384, (byte) 7);
        playground.s3.remove(Playground.BUCKET, key);
        STORED.put(raw, Objects.requireNonNull(STORED.get(key)));
        place(raw, content);

        Playground.Outcome outcome = run();

        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("FAILED");
        assertThat(outcome.out()).contains("The segment " + SEGMENTS.get(2) + " of the log is corrupt");
    }

    @Test
    void a_target_that_the_log_does_not_reach_is_a_fault() throws Exception {
        Playground.Outcome outcome = run("--set", "backups.database.target=time " + Instant.now());

        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("FAILED");
        assertThat(outcome.out()).contains("The archived log ends before the instant", "target=latest");
    }

    @Test
    void a_target_before_the_end_of_the_backup_asks_for_an_older_one() throws Exception {
        Playground.Outcome outcome = run("--set", "backups.database.target=lsn 0/1000100");

        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("COULD_NOT_RUN");
        assertThat(outcome.out()).contains("before the end of the backup", "--backup database=");
    }

    @Test
    void an_altered_manifest_and_a_backup_without_one_are_not_complete() throws Exception {
        String key = "base/monday/backup_manifest";
        String text = new String(Objects.requireNonNull(OBJECTS.get(key)), StandardCharsets.UTF_8);
        place(key, text.replaceFirst("\"Size\": 3", "\"Size\": 4").getBytes(StandardCharsets.UTF_8));
        assertThat(run().out()).contains("its own checksum differs");

        playground.s3.remove(Playground.BUCKET, key);
        Playground.Outcome outcome = run();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).contains("backup_manifest, which pg_basebackup writes last, is missing");
    }

    @Test
    void a_missing_tablespace_and_a_wrong_version_of_the_server_are_named() throws Exception {
        Playground.Outcome outcome = run("--set", "scratch.postgres=16");
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("COULD_NOT_RUN");
        assertThat(outcome.out()).contains("--set scratch.postgres=15");

        String tablespace = OBJECTS.keySet().stream()
                .filter(key -> key.matches("base/monday/\\d+\\.tar\\.gz"))
                .findFirst()
                .orElseThrow();
        playground.s3.remove(Playground.BUCKET, tablespace);
        assertThat(run().out()).contains(tablespace.substring("base/monday/".length(), tablespace.length() - 3));
    }

    private static String segment(int number) {
        return OBJECTS.keySet().stream()
                .filter(key -> key.startsWith("wal/" + SEGMENTS.get(number)))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] unpacked(String key) throws IOException {
        byte[] packed = Objects.requireNonNull(OBJECTS.get(key));
        try (InputStream in = Compression.of(packed).open(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private void runbook(String source) throws IOException {
        String text = """
                apiVersion: muster.dev/v1
                name: trial
                system: trial-system
                owner: platform-team
                scenario: operator-error
                objectives: { rpo: 1h, rto: 4h }
                processes:
                  orders: { watermark: "select max(at) from heartbeat" }
                scratch: { postgres: 15, timeToLive: 10m }
                backups:
                """ + source.indent(2) + "steps:\n" + STEPS.indent(2);
        Files.writeString(folder.resolve("trial.yaml"), text);
    }

    private JsonNode passed(String... arguments) {
        Playground.Outcome outcome = run(arguments);
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("PASSED");
        return outcome.json();
    }

    private Playground.Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("run", "trial", "--json"));
        command.addAll(Arrays.asList(arguments));
        return playground.muster(command.toArray(String[]::new));
    }

    private String newestBeat(JsonNode drill) {
        return observations(drill, "watermark-orders").path("newest").asString();
    }

    private JsonNode observations(JsonNode drill, String check) {
        JsonNode record = playground
                .muster("report", drill.path("drill").asString(), "--format", "json")
                .json();
        for (JsonNode one : record.path("checks")) {
            if (one.path("name").asString().equals(check)) {
                return one.path("observations");
            }
        }
        throw new AssertionError("no check " + check + " in " + record);
    }

    private void place(String key, byte[] content) throws IOException {
        playground.s3.put(Playground.BUCKET, key, content);
        playground.s3.date(Playground.BUCKET, key, Objects.requireNonNull(STORED.get(key)));
    }

    private static void put(String key, Path file, Instant at) throws IOException {
        keep(key, Files.readAllBytes(file), at);
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
                keep(key + ".gz", packed.toByteArray(), at);
            }
            case 1 -> keep(key + ".zst", Zstd.compress(content), at);
            case 2 -> {
                try (OutputStream out = new LZ4FrameOutputStream(packed)) {
                    out.write(content);
                }
                keep(key + ".lz4", packed.toByteArray(), at);
            }
            default -> keep(key, content, at);
        }
    }

    private static void keep(String key, byte[] content, Instant at) {
        OBJECTS.put(key, content);
        STORED.put(key, at);
    }
}
