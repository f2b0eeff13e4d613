package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole drills of backups that the real barman-cloud tools wrote, and of the log that they archived. */
@Needs({"initdb", "pg_ctl", "pg_basebackup", "barman-cloud-backup", "barman-cloud-wal-archive"})
class BarmanTest {
    private static final String KEEPSAKE = "what nobody ever changes";
    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    private static final List<Instant> BEATS = new ArrayList<>();
    private static final List<String> SEGMENTS = new ArrayList<>();
    /** The folder of the backup whose tars are compressed, and of the one whose tars are several. */
    private static String early = "";

    private static String late = "";

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        try (ArchivingServer server = new ArchivingServer(making)) {
            server.keepChecksums();
            server.tablespace();
            // As a server whose certificate lies elsewhere.
            Files.createSymbolicLink(server.data().resolve("server.crt"), Path.of("/etc/hostname"));
            server.sql("create table keepsake as select '" + KEEPSAKE + "' as words");
            try (BarmanCloud barman = new BarmanCloud(server, making)) {
                BEATS.add(server.beat());
                barman.backUp("--gzip");
                for (int segment = 0; segment < 5; segment++) {
                    BEATS.add(server.beat());
                    BEATS.add(server.beat());
                    SEGMENTS.add(barman.endSegment());
                    if (segment == 2) {
                        barman.backUp("--max-archive-size", "12MB", "--name", "after-release");
                    }
                }
                barman.keep(OBJECTS, "cnpg/shop/");
            }
        }
        List<String> infos = OBJECTS.keys().stream()
                .filter(key -> key.endsWith("/backup.info"))
                .toList();
        early = infos.get(0).replace("backup.info", "");
        late = infos.get(1).replace("backup.info", "");
        recompress(segment(SEGMENTS.size() - 1));
    }

    @AfterAll
    static void forget() {
        OBJECTS.forget();
    }

    @BeforeEach
    void open() throws Exception {
        bench = new RecoveryBench(folder, OBJECTS);
        bench.runbook(15, "database: { vault: primary, format: barman, prefix: cnpg/shop/ }");
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @Test
    void every_heartbeat_before_the_asked_instant_is_there_and_none_after_it() throws Exception {
        assertThat(OBJECTS.keys()).contains(early + "data.tar.gz");
        Instant asked = BEATS.get(3).plusNanos(1_000_000);

        JsonNode drill = bench.passed("--at", asked.toString());

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(3));
        assertThat(bench.observations(drill, "restored-completely")
                        .path("digests made with the backup")
                        .asString())
                .startsWith("none");
        assertThat(bench.observations(drill, "restored-completely")
                        .path("links left out")
                        .asString())
                .contains("server.crt");
    }

    @Test
    void a_backup_in_several_tars_is_brought_to_the_end_of_the_log() throws Exception {
        assertThat(OBJECTS.keys()).contains(late + "data.tar", late + "data_0001.tar", late + "data_0002.tar");
        assertThat(SEGMENTS.subList(3, 5).stream().map(BarmanTest::ending)).contains(".snappy");

        JsonNode drill = bench.passed("--set", "backups.database.target=latest");

        assertThat(bench.newestBeat(drill)).isEqualTo(BEATS.get(BEATS.size() - 1));
        JsonNode recovered = bench.observations(drill, "recovered-to-target");
        assertThat(recovered.path("last segment replayed").asString()).isEqualTo(SEGMENTS.get(SEGMENTS.size() - 1));
        assertThat(recovered.path("page checksums").asString()).startsWith("right on every page");
        assertThat(bench.observations(drill, "restored-completely")
                        .path("name of the backup")
                        .asString())
                .isEqualTo("after-release");
    }

    @Test
    void a_missing_segment_is_named_before_anything_is_restored() throws Exception {
        String key = segment(4);
        bench.remove(segment(3));

        Playground.Outcome outcome = bench.ended("FAILED");

        assertThat(outcome.out()).contains("lacks " + SEGMENTS.get(3)).doesNotContain(key);
        assertThat(outcome.json().path("checks")).isEmpty();
    }

    @Test
    void a_corrupt_segment_is_named() throws Exception {
        String key = segment(3);
        byte[] content = unpacked(OBJECTS.content(key));
        Arrays.fill(content, 8192, 16384, (byte) 7);
        bench.remove(key);
        bench.place(key.replaceFirst("\\.[a-z0-9]+$", ""), content, OBJECTS.stored(key));

        assertThat(bench.ended("FAILED").out()).contains("The segment " + SEGMENTS.get(3) + " of the log is corrupt");
    }

    @ParameterizedTest
    @CsvSource({
        "status=DONE, status=FAILED, its backup.info says FAILED",
        "status=DONE, , Its backup.info is cut off or none of Barman",
        "'end_time=.*', end_time=None, does not say when it ended",
        "'end_xlog=.*', end_xlog=None, end_xlog is missing",
        "'tablespaces=.*', snapshots_info={'provider': 'aws'}, a snapshot of disks",
    })
    void a_backup_that_was_not_brought_to_its_end_is_not_complete(String line, String instead, String reason)
            throws Exception {
        String key = late + "backup.info";
        String info = new String(OBJECTS.content(key), StandardCharsets.UTF_8)
                .replaceFirst(line, instead == null ? "" : instead);
        bench.place(key, info.getBytes(StandardCharsets.UTF_8), OBJECTS.stored(key));

        assertThat(refused()).contains(reason);
    }

    @Test
    void an_object_that_a_backup_lacks_is_named() throws Exception {
        String tablespace = OBJECTS.keys().stream()
                .filter(key -> key.startsWith(late) && key.matches(".*/\\d+\\.tar"))
                .findFirst()
                .orElseThrow();
        bench.remove(tablespace);
        assertThat(refused()).contains(tablespace.substring(late.length()) + " is missing");

        bench.remove(late + "data_0001.tar");
        assertThat(refused()).contains("data_0001.tar");

        bench.remove(late + "data.tar");
        assertThat(refused()).contains("data.tar");

        bench.remove(late + "backup.info");
        assertThat(refused()).contains("backup.info, which barman-cloud-backup writes last, is missing");
    }

    @Test
    void a_backup_without_the_log_that_was_written_meanwhile_is_not_complete() throws Exception {
        String info = new String(OBJECTS.content(late + "backup.info"), StandardCharsets.UTF_8);
        String segment = info.replaceFirst("(?s).*\\nend_wal=([0-9A-F]{24})\\n.*", "$1");
        bench.remove(OBJECTS.keys().stream()
                .filter(key -> key.matches(".*/" + segment + "(\\.[a-z0-9]+)?"))
                .findFirst()
                .orElseThrow());

        assertThat(refused()).contains("the segment " + segment + " is missing in wals/");
    }

    @Test
    void a_tar_that_is_cut_short_and_the_loss_of_the_last_one_are_named() throws Exception {
        byte[] whole = OBJECTS.content(early + "data.tar.gz");
        bench.place(early + "data.tar.gz", Arrays.copyOf(whole, whole.length / 2), OBJECTS.stored(late + "data.tar"));
        assertThat(bench.ended("FAILED", "--at", BEATS.get(3).toString()).out())
                .contains("gzip data is cut short", early + "data.tar.gz");

        bench.remove(late + "data_0002.tar");
        assertThat(bench.ended("FAILED").out()).contains("The backup holds no ");
    }

    @Test
    void a_plan_shows_what_an_operator_would_be_asked_for() throws Exception {
        Files.writeString(folder.resolve("muster.yaml"), """
                kubernetes:
                  images: { worker: registry.example.com/muster:1, postgres: { "15": registry.example.com/postgres:15 } }
                  endpoints: { primary: "http://10.1.2.3:9000" }
                """, StandardOpenOption.APPEND);
        Path runbook = folder.resolve("trial.yaml");
        Files.writeString(
                runbook,
                Files.readString(runbook)
                        .replace("scratch: {", "scratch: { on: kubernetes,")
                        .replace(
                                "restore: database",
                                "restore: { with: cloudnative-pg, cluster: { database: shop, owner: seller } }"));

        Playground.Outcome plan =
                bench.playground.muster("plan", "trial", "--at", BEATS.get(3).toString(), "--json");

        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.json().path("manifests"))
                .map(JsonNode::asString)
                .filteredOn(text -> text.contains("kind: \"Cluster\""))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .contains(
                                "backupID: \""
                                        + early.replaceFirst(".*base/", "").replace("/", "") + "\"",
                                "targetTime: \"" + BEATS.get(3),
                                "serverName: \"shop\""));
    }

    @Test
    void a_page_that_rotted_is_found_by_its_checksum() throws Exception {
        for (String key : OBJECTS.keys()) {
            if (key.matches(late + "data(_\\d+)?\\.tar")) {
                byte[] content = OBJECTS.content(key).clone();
                int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(KEEPSAKE);
                if (at >= 0) {
                    content[at] = 'W';
                    bench.place(key, content, OBJECTS.stored(key));
                }
            }
        }

        assertThat(bench.ended("FAILED").out())
                .contains("A page is not what the server wrote: checksum verification failed in file");
    }

    /** Asks for the later backup by its name, and says why it is not restored. */
    private String refused() {
        return bench.ended(
                        "FAILED",
                        "--backup",
                        "database=" + late.replaceFirst(".*base/", "").replace("/", ""))
                .out();
    }

    private static String segment(int number) {
        return OBJECTS.keys().stream()
                .filter(key -> key.contains("/" + SEGMENTS.get(number)) && !key.endsWith(".backup"))
                .findFirst()
                .orElseThrow();
    }

    private static String ending(String segment) {
        String key = segment(SEGMENTS.indexOf(segment));
        return key.substring(key.indexOf(segment) + segment.length());
    }

    /** As barman-cloud-wal-archive --snappy leaves it, which needs a newer Python library than Debian's. */
    private static void recompress(String key) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new FramedSnappyCompressorOutputStream(packed)) {
            out.write(unpacked(OBJECTS.content(key)));
        }
        OBJECTS.replace(key, key.replaceFirst("\\.[a-z0-9]+$", "") + ".snappy", packed.toByteArray());
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream in = Compression.of(packed).open(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}
