package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Drills whose newest backup looks complete from outside and is not. */
@Needs({"pg_dump", "pg_restore"})
class WalkBackTest {
    private static final String STEPS = """
            - together:
                - restore: database
                - restore: filestore
            - check: database-integrity
            - check: filestore-consistency
            """;
    private static final String DATABASE =
            "database: { vault: primary, format: pg-dump, prefix: db/, onFailure: previous }";
    private static final String FILESTORE = "filestore: { vault: primary, format: tar, prefix: fs/ }";

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static Instant now;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        now = Instant.now();
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(STEPS, DATABASE, FILESTORE);
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }

    @Test
    void walks_back_to_the_newest_that_comes_back_and_fails_all_the_same() throws Exception {
        dump("db/2-good.dump", estate.customDump());
        dump("db/3-cut.dump", cut(estate.customDump()));
        byte[] flipped = estate.customDump();
        flipped[flipped.length / 2] ^= 1;
        dump("db/4-flipped.dump", flipped);
        sidecar("db/4-flipped.dump", estate.customDump());
        files("fs/%s.tar", now.minus(Duration.ofHours(2)));

        JsonNode drill = playground.muster("run", "trial", "--json").json();

        assertThat(drill.path("verdict").asString()).as(drill.toString()).isEqualTo("FAILED");
        assertThat(drill.path("attempts")).hasSize(2);
        assertThat(drill.path("attempts").findValuesAsString("object"))
                .containsExactly("s3://acme-backups/db/4-flipped.dump", "s3://acme-backups/db/3-cut.dump");
        assertThat(drill.path("attempts").get(0).path("problem").path("what").asString())
                .contains("are not the ones that were backed up");
        assertThat(drill.path("attempts").get(1).path("checks").toString()).contains("restored-completely");
        assertThat(drill.path("problems").get(0).path("what").asString())
                .startsWith("The chosen backup of the database did not come back");
        assertThat(drill.path("effectiveRpo").path("achievedSeconds").isNumber())
                .isTrue();
        assertThat(drill.path("effectiveRpo").path("formula").asString())
                .contains("effective, after walking back from 2 newer backups");
        assertThat(drill.path("checks").findValuesAsString("verdict")).containsOnly("PASSED");
        assertThat(drill.path("scratch").path("removed").booleanValue()).isTrue();
        Path bundle = Path.of(drill.path("bundle").asString());
        assertThat(playground.muster("verify", bundle.toString()).exit()).isZero();
        JsonNode record = playground
                .muster("report", drill.path("drill").asString(), "--format", "json")
                .json();
        assertThat(record.path("recoveryPoint").path("attempts").findValuesAsString("removed"))
                .containsOnly("true");
        assertThat(record.path("recoveryPoint").path("candidates").toString())
                .contains("It did not come back in this drill's attempt 1");
    }

    @Test
    void chooses_the_files_again_for_the_older_database() throws Exception {
        plain("db/older.sql", estate.plainDump(), 26);
        plain("db/newer.sql", estate.plainDumpWith("select no_such_function();"), 2);
        files("fs/%s.tar", now.minus(Duration.ofHours(25)));
        files("fs/%s.tar", now.minus(Duration.ofHours(1)));

        JsonNode drill = playground.muster("run", "trial", "--json").json();

        JsonNode record = playground
                .muster("report", drill.path("drill").asString(), "--format", "json")
                .json();
        assertThat(record.path("recoveryPoint")
                        .path("attempts")
                        .get(0)
                        .path("backups")
                        .path("filestore")
                        .toString())
                .contains(name(now.minus(Duration.ofHours(1))));
        assertThat(record.path("recoveryPoint")
                        .path("backups")
                        .path("filestore")
                        .toString())
                .contains(name(now.minus(Duration.ofHours(25))));
        assertThat(record.path("recoveryPoint").path("backups").path("database").toString())
                .contains("older.sql");
    }

    @Test
    void stops_where_a_backup_was_asked_for_or_none_is_left() throws Exception {
        dump("db/2-good.dump", estate.customDump());
        dump("db/3-cut.dump", cut(estate.customDump()));
        files("fs/%s.tar", now);

        JsonNode named = playground
                .muster("run", "trial", "--json", "--backup", "database=3-cut.dump")
                .json();
        assertThat(named.path("verdict").asString()).isEqualTo("FAILED");
        assertThat(named.path("attempts")).isEmpty();
        assertThat(named.path("effectiveRpo").isNull()).isTrue();

        playground.s3.remove(Playground.BUCKET, "db/2-good.dump");
        JsonNode none = playground.muster("run", "trial", "--json").json();
        assertThat(none.path("verdict").asString()).isEqualTo("FAILED");
        assertThat(none.path("attempts")).hasSize(1);
        assertThat(none.path("problems").get(1).path("what").asString())
                .contains("The only candidate for the database cannot be restored");
    }

    @Test
    void what_became_of_each_backup_is_in_the_catalog_and_there_again_after_a_rebuild() throws Exception {
        dump("db/2-good.dump", estate.customDump());
        files("fs/%s.tar", now);
        assertThat(playground
                        .muster("run", "trial", "--json", "--set", "objectives.rpo=3650d")
                        .exit())
                .isZero();
        dump("db/3-cut.dump", cut(estate.customDump()));
        playground.muster("run", "trial", "--json");
        byte[] flipped = estate.customDump();
        flipped[flipped.length / 2] ^= 1;
        dump("db/4-flipped.dump", flipped);
        sidecar("db/4-flipped.dump", estate.customDump());
        playground.muster("run", "trial", "--json", "--backup", "database=4-flipped.dump");
        List<String> before = Remembered.in(folder.resolve("home"));

        Remembered.lose(folder.resolve("home"));
        assertThat(playground.muster("catalog", "rebuild").exit()).isZero();

        assertThat(Remembered.in(folder.resolve("home"))).isEqualTo(before);
        try (Catalog catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("home/catalog"))) {
            List<DrillFigures> series =
                    new Figures(catalog).series(List.of("trial-system"), 12).getOrDefault("trial-system", List.of());
            assertThat(series)
                    .extracting(one -> one.outcome().verdict())
                    .containsExactly(Verdict.PASSED, Verdict.FAILED, Verdict.FAILED);
            // Dump and files; the cut dump as well; the flipped dump alone.
            assertThat(series).extracting(DrillFigures::backupsTried).containsExactly(2, 3, 1);
            assertThat(series).extracting(DrillFigures::backupsRestored).containsExactly(2, 2, 0);
            assertThat(series.get(0).stages()).containsKeys(Stage.FETCH, Stage.RESTORE, Stage.CHECK);
            assertThat(series.get(0).bytes().orElse(0)).isPositive();
            assertThat(series.get(0).machine())
                    .isPresent()
                    .isEqualTo(series.get(1).machine());
            assertThat(series.get(0).checks()).containsOnlyKeys(Verdict.PASSED);
        }
    }

    private void dump(String key, byte[] content) throws Exception {
        playground.s3.put(Playground.BUCKET, key, content);
        // The header of all is the same, so that the one that was stored last is taken for the newest.
        playground.s3.date(Playground.BUCKET, key, now.plusSeconds(key.charAt("db/".length()) - '0'));
    }

    private void sidecar(String key, byte[] content) throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        playground.s3.put(Playground.BUCKET, key + ".sha256", digest.getBytes(StandardCharsets.UTF_8));
    }

    private void plain(String key, byte[] content, int hoursAgo) throws Exception {
        String started = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .withZone(ZoneOffset.UTC)
                .format(now.minus(Duration.ofHours(hoursAgo)));
        String text = new String(content, StandardCharsets.UTF_8)
                .replaceFirst("-- Started on .*", "-- Started on " + started + " UTC");
        playground.s3.put(Playground.BUCKET, key, text.getBytes(StandardCharsets.UTF_8));
    }

    private void files(String key, Instant at) throws Exception {
        playground.s3.put(Playground.BUCKET, key.formatted(name(at)), estate.filestore());
    }

    private static String name(Instant at) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length * 2 / 3);
    }
}
