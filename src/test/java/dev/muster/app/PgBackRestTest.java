package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole drills of repositories that the real pgBackRest wrote to S3, recovered with the log that it archived there. */
@Needs({"initdb", "pg_ctl", "pgbackrest"})
class PgBackRestTest {
    private static final String PLAIN =
            "database: { vault: primary, format: pgbackrest, prefix: plain/, stanza: shop }";
    private static final String SEALED =
            "database: { vault: primary, format: pgbackrest, prefix: sealed/, stanza: shop,"
                    + " key: \"${secret:pass}\" }";
    private static final String STEPS = "- restore: database\n- check: database-integrity\n";

    @TempDir
    static Path making;

    @TempDir
    static Path folder;

    private static Playground playground;
    private static Bucket bucket;
    private static final List<Instant> BEATS = new ArrayList<>();
    private static final List<String> SEGMENTS = new ArrayList<>();

    @BeforeAll
    static void makeRepositories() throws Exception {
        playground = new Playground(folder);
        bucket = new Bucket(playground.s3);
        Files.writeString(folder.resolve("secrets/pass"), PgBackRestServer.PASS);
        Files.writeString(folder.resolve("secrets/other"), "another pass phrase");
        try (TlsFront front = new TlsFront(making, playground.s3.endpoint());
                PgBackRestServer server = new PgBackRestServer(making, front.port())) {
            BEATS.add(server.beat());
            server.backup(PgBackRestServer.PLAIN, "full", "--compress-type=gz");
            server.backup(PgBackRestServer.SEALED, "full", "--compress-type=zst");
            BEATS.add(server.beat());
            server.backup(PgBackRestServer.SEALED, "diff", "--compress-type=zst");
            BEATS.add(server.beat());
            server.backup(PgBackRestServer.SEALED, "incr", "--compress-type=zst");
            for (int segment = 0; segment < 4; segment++) {
                if (segment == 3) {
                    server.beginTimeline();
                }
                BEATS.add(server.beat());
                BEATS.add(server.beat());
                SEGMENTS.add(server.endSegment());
            }
        }
    }

    @AfterAll
    static void close() {
        bucket.close();
        playground.close();
    }

    @BeforeEach
    void sealed() throws Exception {
        runbook(SEALED);
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        bucket.putRight();
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
    }

    @Test
    void an_incremental_backup_of_an_encrypted_repository_comes_back_to_the_asked_instant() throws Exception {
        Instant asked = BEATS.get(5).plusNanos(1_000_000);

        JsonNode drill = passed("--at", asked.toString());

        assertThat(newestBeat(drill)).isEqualTo(BEATS.get(5).toString());
        JsonNode recovered = observations(drill, "recovered-to-target");
        assertThat(Instant.parse(recovered.path("last transaction replayed").asString()))
                .isBetween(BEATS.get(5), asked);
        assertThat(Instant.parse(recovered.path("first transaction left out").asString()))
                .isAfter(asked);
        JsonNode restored = observations(drill, "restored-completely");
        assertThat(restored.path("restored by").asString()).startsWith("pgBackRest ");
        assertThat(restored.path("files with the digest in the manifest").asString())
                .isEqualTo(restored.path("files in the manifest").asString());
        assertThat(playground
                        .muster("report", drill.path("drill").asString(), "--format", "json")
                        .out())
                .contains("\"sealed/\"")
                .doesNotContain(PgBackRestServer.PASS);
    }

    @Test
    void a_full_backup_in_single_objects_comes_back_to_the_end_of_its_log() throws Exception {
        runbook(PLAIN);

        JsonNode drill = passed("--set", "backups.database.target=latest");

        assertThat(newestBeat(drill)).isEqualTo(newest(BEATS).toString());
        assertThat(observations(drill, "recovered-to-target")
                        .path("last segment replayed")
                        .asString())
                .isEqualTo(newest(SEGMENTS));
    }

    @Test
    void a_backup_that_is_asked_for_by_name_is_brought_forward_to_the_disaster() throws Exception {
        String differential = label(".*F_.*D");

        JsonNode drill = passed("--backup", "database=" + differential);

        assertThat(newestBeat(drill)).isEqualTo(newest(BEATS).toString());
        assertThat(observations(drill, "recovered-to-target")
                        .path("timeline followed")
                        .asString())
                .isEqualTo("2");
    }

    @Test
    void an_index_that_production_rewrites_during_the_drill_is_no_change_of_the_backup() throws Exception {
        CompletableFuture<Playground.Outcome> drill = CompletableFuture.supplyAsync(this::run);
        await().atMost(Duration.ofSeconds(60)).until(PgBackRestTest::isBeingRestored);
        String key = "sealed/backup/shop/backup.info";
        bucket.replace(key, Arrays.copyOf(bucket.read(key), 1000));

        Playground.Outcome outcome = drill.get(2, TimeUnit.MINUTES);
        assertThat(outcome.exit()).as(outcome.out()).isZero();
        assertThat(outcome.out()).contains("rewritten since then");
    }

    private static boolean isBeingRestored() {
        String place = playground
                .muster("scratch", "list", "--json")
                .json()
                .path("scratches")
                .path(0)
                .path("place")
                .asString("");
        return !place.isEmpty() && Files.exists(Path.of(place, "data", "pgbackrest"));
    }

    @Test
    void a_missing_segment_is_named_before_anything_is_restored() {
        bucket.remove(bucket.key("sealed/archive/.*/" + SEGMENTS.get(1) + "-.*"));

        Playground.Outcome outcome = failed();

        assertThat(outcome.out()).contains("lacks " + SEGMENTS.get(1), "sealed/archive/shop/15-1/" + SEGMENTS.get(1));
        assertThat(outcome.json().path("checks")).isEmpty();
    }

    @Test
    void a_damaged_segment_is_named() throws Exception {
        String key = bucket.key("sealed/archive/.*/" + SEGMENTS.get(1) + "-.*");
        bucket.flip(key);

        assertThat(failed().out()).contains(key);
    }

    @Test
    void a_segment_with_another_content_than_its_name_says_is_named() throws Exception {
        runbook(SEALED);
        String key = bucket.key("sealed/archive/.*/" + SEGMENTS.get(1) + "-.*");
        byte[] content = bucket.read(key);
        bucket.remove(key);
        bucket.add(key.replaceFirst("-[0-9a-f]{40}", "-" + "0".repeat(40)), content);

        assertThat(failed().out()).contains("which is not the one in its name");
    }

    @Test
    void a_segment_that_two_servers_archived_is_named_twice() throws Exception {
        String key = bucket.key("sealed/archive/.*/" + SEGMENTS.get(1) + "-.*");
        String other = key.replaceFirst("-[0-9a-f]{40}", "-" + "0".repeat(40));
        bucket.add(other, bucket.read(key));

        assertThat(failed().out()).contains(SEGMENTS.get(1) + " twice", key, other);
    }

    @Test
    void the_log_of_the_server_before_an_upgrade_is_not_mixed_in() throws Exception {
        String key = bucket.key("sealed/archive/.*/" + SEGMENTS.get(1) + "-.*");
        bucket.add(
                key.replace("/15-1/", "/14-1/").replaceFirst("-[0-9a-f]{40}", "-" + "0".repeat(40)),
                "of another server".getBytes(StandardCharsets.US_ASCII));

        assertThat(playground.muster("plan", "trial").exit()).isZero();
    }

    @Test
    void a_damaged_object_is_named_with_the_file_in_it() throws Exception {
        String key = bucket.key("sealed/backup/shop/[^_]*F/bundle/1");
        bucket.flip(key);

        assertThat(failed().out()).contains("is not the one that was backed up", key);
    }

    @Test
    void without_an_object_of_the_full_backup_none_that_refers_to_it_can_be_restored() {
        String key = bucket.key("sealed/backup/shop/[^_]*F/bundle/1");
        bucket.remove(key);

        assertThat(failed().out()).contains("None of the 3 candidates", key + " is missing");
    }

    @Test
    void a_backup_that_lacks_an_object_is_passed_over() throws Exception {
        String key = bucket.key("sealed/backup/shop/.*I/bundle/1");
        bucket.replace(key, Arrays.copyOf(bucket.read(key), 100));

        JsonNode plan = playground.muster("plan", "trial", "--json").json();

        assertThat(plan.toString()).contains(key + " is cut short");
        assertThat(chosen(plan)).contains("D/backup.manifest");

        bucket.remove(bucket.key("sealed/backup/shop/.*D/backup.manifest"));
        JsonNode next = playground.muster("plan", "trial", "--json").json();
        assertThat(next.toString()).contains("D/backup.manifest is missing");
        assertThat(chosen(next)).matches(".*/[^_]*F/backup.manifest");
    }

    @Test
    void a_backup_that_the_index_does_not_list_is_not_complete() {
        bucket.add("sealed/backup/shop/20990101-000000F/backup.manifest.copy", new byte[] {1});

        assertThat(playground.muster("backups", "trial", "--json").out())
                .contains("20990101-000000F", "backup.info does not list it");
    }

    @Test
    void a_listed_backup_of_which_nothing_is_there_is_not_complete() {
        bucket.keys("sealed/backup/shop/.*I/.*").forEach(bucket::remove);

        assertThat(playground.muster("backups", "trial", "--json").out()).contains("I/backup.manifest is missing");
    }

    @Test
    void the_copy_of_the_index_counts_where_the_index_is_damaged() throws Exception {
        runbook(PLAIN);
        String key = "plain/backup/shop/backup.info";
        bucket.replace(key, altered(key));
        String manifest = bucket.key("plain/backup/shop/.*/backup.manifest");
        bucket.flip(manifest);
        JsonNode plan = playground.muster("plan", "trial", "--json").json();
        assertThat(chosen(plan)).endsWith(manifest);

        bucket.flip(manifest + ".copy");
        assertThat(failed().out()).contains("Its backup.manifest was altered");
        bucket.replace(key + ".copy", altered(key));
        assertThat(failed().out()).contains("backup.info was altered");
    }

    @Test
    void a_wrong_key_and_none_and_one_too_many_say_nothing_about_the_backups() throws Exception {
        assertThat(couldNotRun("--set", "backups.database.key=${secret:other}").out())
                .contains("does not open the repository", "backups.database.key", "${secret:other}")
                .doesNotContain("another pass phrase");

        runbook(SEALED.replace(", key: \"${secret:pass}\"", ""));
        assertThat(couldNotRun().out()).contains("is encrypted", "backups.database.key");

        runbook(SEALED.replace("sealed/", "plain/"));
        assertThat(couldNotRun().out()).contains("is not encrypted", "backups.database.key");
    }

    @Test
    void a_stanza_that_is_not_there_and_another_version_of_the_server_are_named() {
        assertThat(couldNotRun("--set", "backups.database.stanza=orders").out())
                .contains("no stanza orders", "It has shop");
        assertThat(couldNotRun("--set", "backups.database.prefix=nowhere").out())
                .contains("no stanza shop", "repo1-path");
        assertThat(couldNotRun("--set", "scratch.postgres=16").out()).contains("--set scratch.postgres=15");
    }

    private static byte[] altered(String key) {
        return new String(bucket.read(key), StandardCharsets.UTF_8)
                .replaceFirst("\"backup-type\":\"full\"", "\"backup-type\":\"diff\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String label(String expression) {
        String key = bucket.key("sealed/backup/shop/" + expression + "/backup.manifest");
        return key.split("/", -1)[3];
    }

    private static <T> T newest(List<T> all) {
        return all.get(all.size() - 1);
    }

    private static String chosen(JsonNode plan) {
        for (JsonNode candidate : plan.path("candidates")) {
            if (candidate.path("chosen").asBoolean()) {
                return candidate.path("object").asString();
            }
        }
        throw new AssertionError("nothing is chosen in " + plan);
    }

    private JsonNode passed(String... arguments) {
        Playground.Outcome outcome = run(arguments);
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("PASSED");
        return outcome.json();
    }

    private Playground.Outcome failed(String... arguments) {
        Playground.Outcome outcome = run(arguments);
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("FAILED");
        return outcome;
    }

    private Playground.Outcome couldNotRun(String... arguments) {
        Playground.Outcome outcome = run(arguments);
        assertThat(outcome.json().path("verdict").asString())
                .as(outcome.out() + outcome.err())
                .isEqualTo("COULD_NOT_RUN");
        return outcome;
    }

    private void runbook(String source) throws Exception {
        Path file = playground.runbook(STEPS, source);
        String text = Files.readString(file)
                .replace("select max(write_date) from sale_order", "select max(at) from heartbeat");
        Files.writeString(file, text);
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
        for (JsonNode one : record.path("integrity").path("checks")) {
            if (one.path("name").asString().equals(check)) {
                return one.path("observations");
            }
        }
        throw new AssertionError("no check " + check + " in " + record);
    }
}
