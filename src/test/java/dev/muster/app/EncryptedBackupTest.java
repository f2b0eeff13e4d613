package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.restore.sealed.Sealing;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Drills of backups that were encrypted by the real programs before they were stored. */
@Needs({"pg_dump", "pg_restore", "age", "age-keygen", "gpg", "gpgconf", "openssl", "prlimit"})
class EncryptedBackupTest {
    private static final String STEPS = """
            - restore: database
            - restore: filestore
            - check: database-integrity
            - check: filestore-consistency
            """;
    private static final String DATABASE =
            "database: { vault: primary, format: pg-dump, prefix: db/, key: \"${secret:backup-key}\" }";
    private static final String FILESTORE =
            "filestore: { vault: primary, format: tar, prefix: fs/, key: \"${secret:files-key}\" }";

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static Sealing sealing;
    private static String identity;
    private static String gpgKey;
    private static String now;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(Files.createDirectories(making.resolve("estate")));
        sealing = new Sealing(Files.createDirectories(making.resolve("keys")));
        identity = sealing.ageIdentity();
        gpgKey = sealing.gpgKey("backup@example.org");
        now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
    }

    @AfterAll
    static void endAgent() throws Exception {
        sealing.close();
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(STEPS, DATABASE, FILESTORE);
        secret("backup-key", identity);
        secret("files-key", gpgKey);
        put("db/shop-" + now + ".dump.age", sealing.age(identity, estate.customDump()));
        put("fs/shop-" + now + ".tar.asc", sealing.gpgFor("backup@example.org", estate.filestore(), "--armor"));
    }

    @AfterEach
    void close() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }

    @Test
    void a_dump_by_age_and_files_by_gnupg_come_back_and_no_key_is_shown() throws Exception {
        Playground.Outcome run = drill();

        JsonNode drill = run.json();
        assertThat(drill.path("verdict").asString()).as(run.out()).isEqualTo("PASSED");
        String shown = run.out() + run.err() + evidence(drill);
        assertThat(shown).contains("${secret:backup-key}", "digests were compared before, over the encrypted bytes");
        identity.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> assertThat(shown).doesNotContain(line));
        gpgKey.lines()
                .filter(line -> line.length() > 20 && !line.startsWith("-----"))
                .forEach(line -> assertThat(shown).doesNotContain(line));
    }

    @Test
    void an_odoo_zip_by_openssl_gives_both_of_its_assets() throws Exception {
        playground.runbook(
                STEPS,
                "database: { vault: primary, format: odoo-zip, prefix: zip/, key: \"${secret:pass}\","
                        + " openssl: { iterations: 20000 } }",
                "filestore: { within: database }");
        secret("pass", Sealing.PASS);
        put(
                "zip/shop-" + now + ".zip.enc",
                sealing.openssl(estate.odooZip(Map.of()), "-aes-256-cbc", "-pbkdf2", "-iter", "20000"));

        assertThat(drill().json().path("verdict").asString()).isEqualTo("PASSED");
    }

    @Test
    void without_a_key_the_plan_says_what_is_lacking() throws Exception {
        playground.runbook(STEPS, "database: { vault: primary, format: pg-dump, prefix: db/ }", FILESTORE);

        Playground.Outcome plan = playground.muster("plan", "trial");

        assertThat(plan.exit()).isEqualTo(3);
        assertThat(plan.err()).contains("encrypted with age", "set `backups.database.key`");
        assertThat(drill().json().path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
    }

    @Test
    void a_wrong_key_ends_as_could_not_run() throws Exception {
        secret("backup-key", sealing.ageIdentity());

        Playground.Outcome run = drill();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.json().path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
        assertThat(run.json().path("problems").get(0).path("what").asString())
                .startsWith("The key does not open the backup");
    }

    @Test
    void what_was_cut_short_fails_at_planning_or_when_it_is_opened() throws Exception {
        byte[] text = sealing.gpgFor("backup@example.org", estate.filestore(), "--armor");
        put("fs/shop-" + now + ".tar.asc", Arrays.copyOf(text, text.length / 2));
        assertThat(playground.muster("plan", "trial").err())
                .contains("It is cut off: its last line \"-----END PGP MESSAGE-----\" is missing");

        put("fs/shop-" + now + ".tar.asc", text);
        byte[] bytes = sealing.age(identity, estate.customDump());
        put("db/shop-" + now + ".dump.age", Arrays.copyOf(bytes, bytes.length / 2));
        Playground.Outcome run = drill();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json().path("problems").get(0).path("what").asString())
                .startsWith("The encrypted backup is cut short or damaged");
    }

    private Playground.Outcome drill() {
        return playground.muster("run", "trial", "--json");
    }

    private void put(String key, byte[] content) {
        playground.s3.put(Playground.BUCKET, key, content);
    }

    private void secret(String name, String value) throws IOException {
        Files.writeString(folder.resolve("secrets").resolve(name), value);
    }

    private static String evidence(JsonNode drill) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipFile bundle = new ZipFile(drill.path("bundle").asString())) {
            for (var entry : bundle.stream().toList()) {
                all.append(new String(bundle.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
