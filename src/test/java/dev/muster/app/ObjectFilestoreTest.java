package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole drills of a filestore and a configuration that were copied into a bucket file by file. */
@Needs({"pg_dump", "pg_restore", "aws"})
class ObjectFilestoreTest {
    private static final String STEPS = """
            - restore: database
            - restore: filestore
            - check: database-integrity
            - check: filestore-consistency
            """;
    private static final String DATABASE = "database: { vault: primary, format: pg-dump, prefix: db/ }";
    private static final String FILESTORE = "filestore: { vault: primary, format: objects, prefix: fs/ }";

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static String now;
    private static Path files;

    @TempDir
    Path folder;

    private Playground playground;
    private CopyingProgram program;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        files = CopyingProgram.write(Files.createTempDirectory(making, "filestore"), estate.files);
        now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        program = new CopyingProgram(playground);
        playground.runbook(STEPS, DATABASE, FILESTORE);
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".dump", estate.customDump());
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }

    @Test
    void files_that_aws_synced_come_back_and_the_record_has_each_of_them() throws Exception {
        Map<String, byte[]> more = new TreeMap<>(estate.files);
        for (int file = 0; file < 30; file++) {
            more.put("checklist/" + file, new byte[0]);
        }
        more.put("ff/large", new byte[9 << 20]);
        program.aws(CopyingProgram.write(folder.resolve("more"), more), "fs/");

        JsonNode drill = passes();

        assertThat(check(drill, "unpacked-completely")
                        .path("observations")
                        .path("files")
                        .asString())
                .isEqualTo(String.valueOf(more.size()));
        assertThat(check(drill, "source-unchanged").path("observations").toString())
                .contains(more.size() + " objects of the filestore")
                .contains("same size, ETag and version");
        String name = drill.path("drill").asString();
        JsonNode record = playground.muster("report", name, "--format", "json").json();
        assertThat(record.path("recoveryPoint").path("objectsRead"))
                .hasSize(more.size() + 1)
                .allSatisfy(object -> {
                    assertThat(object.path("unchanged").booleanValue()).isTrue();
                    assertThat(object.path("protection").asString()).startsWith("Compared and the same: ");
                });
        String report = playground.muster("report", name).out();
        assertThat(report).contains("43 objects with", "too many to be listed").doesNotContain("fs/checklist/7");
    }

    @Test
    @Needs("rclone")
    void files_that_rclone_copied_come_back() throws Exception {
        program.rclone(files, "fs/");
        passes();
    }

    @Test
    void a_lost_file_and_a_damaged_one_fail_the_drill_by_name() throws Exception {
        program.aws(files, "fs/");
        String lost = estate.files.keySet().iterator().next();
        playground.s3.remove(Playground.BUCKET, "fs/" + lost);
        fails("attachments-complete", lost);

        byte[] content = Objects.requireNonNull(estate.files.get(lost)).clone();
        content[7] ^= 1;
        playground.s3.put(Playground.BUCKET, "fs/" + lost, content);
        fails("attachments-complete", lost);
    }

    @Test
    void a_versioned_bucket_shows_the_files_as_they_were_at_the_disaster() throws Exception {
        playground.s3.keepVersions(Playground.BUCKET);
        program.aws(files, "fs/");
        playground.s3.put(Playground.BUCKET, "fs/00/gone-early", new byte[3]);
        playground.s3.remove(Playground.BUCKET, "fs/00/gone-early");
        String before = nextSecond();
        TreeMap<String, byte[]> names = new TreeMap<>(estate.files);
        playground.s3.remove(Playground.BUCKET, "fs/" + names.firstKey());
        playground.s3.put(Playground.BUCKET, "fs/" + names.lastKey(), "other".getBytes(StandardCharsets.UTF_8));

        JsonNode drill = passes("--at", before);

        JsonNode record = playground
                .muster("report", drill.path("drill").asString(), "--format", "json")
                .json();
        assertThat(record.path("recoveryPoint").path("objectsRead").toString())
                .contains("fs/" + names.firstKey())
                .doesNotContain("gone-early");
        assertThat(record.path("recoveryPoint").path("objectsRead"))
                .filteredOn(object -> object.path("asset").asString().equals("filestore"))
                .allSatisfy(object -> assertThat(
                                object.path("before").path("version").asString(""))
                        .isNotEmpty());
        assertThat(record.path("recoveryPoint").path("candidates").toString())
                .contains("Chosen: the 12 objects that were below the prefix at ");
        String found = fails("attachments-complete", names.firstKey());
        assertThat(found).contains(names.lastKey());
    }

    @Test
    void without_versions_what_was_stored_after_the_disaster_is_left_out() throws Exception {
        program.aws(files, "fs/");
        String before = nextSecond();
        playground.s3.put(Playground.BUCKET, "fs/00/later", new byte[3]);

        JsonNode drill = passes("--at", before);

        assertThat(check(drill, "unpacked-completely")
                        .path("observations")
                        .path("files")
                        .asString())
                .isEqualTo("12");
        Playground.Outcome early = playground.muster("run", "trial", "--json", "--at", "2020-01-01T00:00:00Z");
        assertThat(early.exit()).as(early.out()).isNotZero();
    }

    @Test
    void a_configuration_is_held_against_its_inventory() throws Exception {
        Map<String, byte[]> configuration = new TreeMap<>();
        configuration.put(
                "odoo.conf", "[options]\nadmin_passwd = hunter2\ndb_name = shop\n".getBytes(StandardCharsets.UTF_8));
        program.aws(CopyingProgram.write(folder.resolve("configuration"), configuration), "etc/");
        String steps = """
                - restore: database
                - restore: configuration
                - check: database-integrity
                - check: configuration-inventory
                  inventory: { keys: { odoo.conf: { options.admin_passwd: set, options.db_name: %s } } }
                """;
        String source = "configuration: { vault: primary, format: objects, prefix: etc/ }";
        playground.runbook(steps.formatted("shop"), DATABASE, source);
        passes();

        playground.runbook(steps.formatted("crm"), DATABASE, source);
        fails("inventory-complete", "options.db_name");
    }

    /** An instant after all that was stored so far, and before what is stored next. */
    private static String nextSecond() {
        Instant begun = Instant.now();
        await().atMost(Duration.ofSeconds(5)).until(() -> Instant.now().getEpochSecond() > begun.getEpochSecond() + 1);
        Instant between = Instant.ofEpochSecond(begun.getEpochSecond() + 1);
        return between.toString();
    }

    private JsonNode passes(String... more) {
        Playground.Outcome run = drill(more);
        assertThat(run.json().path("verdict").asString()).as(run.out()).isEqualTo("PASSED");
        assertThat(run.out() + run.err()).doesNotContain(Playground.SECRET_KEY).doesNotContain("hunter2");
        return run.json();
    }

    private String fails(String check, String culprit) {
        Playground.Outcome run = drill();
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        JsonNode found = check(run.json(), check);
        assertThat(found.path("verdict").asString()).as(run.out()).isEqualTo("FAILED");
        assertThat(found.path("problem").toString()).contains(culprit);
        return found.path("problem").toString();
    }

    private Playground.Outcome drill(String... more) {
        String[] command = new String[3 + more.length];
        System.arraycopy(new String[] {"run", "trial", "--json"}, 0, command, 0, 3);
        System.arraycopy(more, 0, command, 3, more.length);
        return playground.muster(command);
    }

    private static JsonNode check(JsonNode drill, String name) {
        for (JsonNode check : drill.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + drill);
    }
}
