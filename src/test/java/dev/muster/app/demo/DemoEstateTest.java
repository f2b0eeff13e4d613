package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.muster.app.Settings;
import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.drill.Candidate;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import dev.muster.scratch.Scratches;
import dev.muster.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the sample estate holds. */
class DemoEstateTest {
    @TempDir
    private static Path folder;

    private static Scratches scratches;
    private static DemoEstate estate;
    private static S3Client client;
    private static Instant began;

    @BeforeAll
    static void prepare() throws Exception {
        began = Instant.now();
        scratches = new Scratches(folder.resolve("scratches"), Optional.empty(), Optional.empty(), Clock.systemUTC());
        estate = DemoEstate.prepare(folder.resolve("demo"), Clock.systemUTC(), scratches, Progress.SILENT, 3_000);
        client = S3Client.builder()
                .endpointOverride(estate.endpoint())
                .region(Region.of(estate.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        estate.accessKey().reveal(), estate.secretKey().reveal())))
                .build();
    }

    @AfterAll
    static void close() {
        client.close();
        estate.close();
    }

    @Test
    void four_generations_lie_under_the_documented_names() {
        assertThat(keys("odoo/db/"))
                .filteredOn(key -> key.endsWith("Z.sql.gz"))
                .hasSize(5)
                .allMatch(key -> key.matches("odoo/db/odoo-\\d{8}T\\d{6}Z\\.sql\\.gz"));
        assertThat(keys("odoo/filestore/"))
                .hasSize(4)
                .allMatch(key -> key.matches("odoo/filestore/odoo-\\d{8}T\\d{6}Z\\.tar\\.zst"));
        assertThat(keys("odoo/config/"))
                .hasSize(4)
                .allMatch(key -> key.matches("odoo/config/odoo-\\d{8}T\\d{6}Z\\.tar\\.gz"));
    }

    @Test
    void the_newest_dump_holds_nothing_and_others_are_broken_in_their_own_ways() throws Exception {
        List<String> dumps = keys("odoo/db/");
        String newest = dumps.stream()
                .filter(key -> key.endsWith(".sql.gz"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(bytes(newest)).hasSize(20);
        assertThat(unzipped(newest)).isEmpty();
        assertThat(dumps).contains(newest + ".partial", "odoo/db/backup-job.log");
    }

    @Test
    void each_generation_has_grown_and_only_the_newest_stands_for_itself() throws Exception {
        List<String> dumps = goodDumps();
        assertThat(dumps).hasSize(4);
        long before = 0;
        for (String key : dumps) {
            String dump = unzipped(key);
            long orders = dump.lines()
                    .dropWhile(line -> !line.startsWith("COPY public.sale_order "))
                    .takeWhile(line -> !line.equals("\\."))
                    .count();
            assertThat(orders).isGreaterThan(before);
            before = orders;
            assertThat(dump.contains("stands for the past")).isEqualTo(!key.equals(dumps.get(3)));
        }
        assertThat(estate.backedUp()).isAfter(began);
    }

    @Test
    @Needs("psql")
    void the_newest_good_backup_is_in_order_and_its_filestore_is_complete_both_ways() throws Exception {
        try (SampleServer server = new SampleServer(folder.resolve("restored"))) {
            Path dump = server.folder().resolve("dump.sql");
            Files.writeString(dump, unzipped(goodDumps().get(3)));
            assertThat(server.load(dump).lastLines()).isEmpty();
            server.isConsistent();
            Map<String, String> rows = new TreeMap<>();
            for (String row : server.column(
                    "select distinct store_fname || ' ' || checksum || ' ' || file_size from ir_attachment where store_fname is not null")) {
                rows.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1));
            }
            assertThat(files(keys("odoo/filestore/").get(3))).isEqualTo(rows);
            assertThat(rows).hasSizeGreaterThan(100);
            assertThat(server.number("select count(*) from ir_attachment")).isGreaterThan(rows.size());
        }
    }

    @Test
    void the_settings_refer_to_keys_that_only_their_owner_can_read() throws Exception {
        String settings = Files.readString(estate.config());
        assertThat(settings)
                .contains("endpoint: " + estate.endpoint(), "${secret:demo-access-key}", "${secret:demo-secret-key}")
                .doesNotContain(estate.secretKey().reveal());
        Path secret = estate.config().resolveSibling("secrets").resolve("demo-secret-key");
        assertThat(Files.readString(secret)).isEqualTo(estate.secretKey().reveal());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(estate.runbook()).isNotEmptyFile();
        assertThat(Files.readString(estate.config().resolveSibling("README.txt")))
                .contains(estate.runbook().toString());
    }

    @Test
    void the_settings_can_be_read_and_lead_to_the_vault() throws Exception {
        Settings settings = Settings.read(Optional.of(estate.config()), Optional.empty(), Map.of());
        assertThat(settings.vaults().values()).singleElement().satisfies(vault -> {
            assertThat(vault.name()).isEqualTo("primary");
            assertThat(vault.endpoint()).contains(estate.endpoint());
            assertThat(vault.bucket()).isEqualTo(estate.bucket());
            assertThat(vault.secretKey().orElseThrow().get().reveal())
                    .isEqualTo(estate.secretKey().reveal());
        });
    }

    @Test
    void a_drill_would_choose_the_newest_good_backups_and_pass_over_the_others_with_a_reason() throws Exception {
        Settings settings = Settings.read(Optional.of(estate.config()), Optional.empty(), Map.of());
        RunbookText text = new RunbookReader(
                        settings.vaults().keySet(),
                        Checks.shipped(Clock.systemUTC()).groups())
                .read(estate.runbook(), Map.of());
        assertThat(text.misprints()).isEmpty();
        Runbook runbook = text.runbook().orElseThrow();
        try (Vaults vaults = new Vaults(settings.vaults().values(), Secret::new, Clock.systemUTC())) {
            DrillRequest request = new DrillRequest(
                    runbook,
                    Instant.now(),
                    "operator",
                    DrillRequest.Trigger.OPERATOR,
                    Map.of(),
                    Map.of(),
                    Optional.empty());
            List<Candidate> candidates = vaults.states(request, "a-drill").stream()
                    .flatMap(state -> state.candidates().stream())
                    .toList();
            assertThat(candidates)
                    .filteredOn(Candidate::chosen)
                    .extracting(candidate -> candidate.object().key())
                    .containsExactlyInAnyOrder(
                            goodDumps().get(3),
                            keys("odoo/filestore/").get(3),
                            keys("odoo/config/").get(3));
            assertThat(candidates)
                    .filteredOn(candidate -> !candidate.complete())
                    .hasSize(3)
                    .allSatisfy(candidate -> assertThat(candidate.reason()).isNotBlank());
            assertThat(candidates).hasSize(5 + 2 + 4 + 4);
        }
    }

    @Test
    @Needs("pg_dump")
    void a_custom_archive_lies_beside_where_pg_dump_is_installed() {
        assertThat(estate.archivePrefix()).contains("odoo/db-custom/");
        assertThat(keys("odoo/db-custom/"))
                .singleElement()
                .satisfies(key -> assertThat(bytes(key)).startsWith('P', 'G', 'D', 'M', 'P'));
    }

    @Test
    void no_entry_of_a_past_filestore_is_newer_than_its_backup() throws Exception {
        String key = keys("odoo/filestore/").get(0);
        Instant copied = Instant.from(DateTimeFormatter.ofPattern("'odoo/filestore/odoo-'uuuuMMdd'T'HHmmss'Z.tar.zst'")
                .withZone(ZoneOffset.UTC)
                .parse(key));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ZstdInputStream(new ByteArrayInputStream(bytes(key))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getLastModifiedTime().toInstant())
                        .as(entry.getName())
                        .isBefore(copied);
            }
        }
    }

    @Test
    void nothing_of_the_company_is_left() {
        assertThat(scratches.list()).isEmpty();
        assertThat(estate.config().resolveSibling("production")).doesNotExist();
    }

    private static List<String> goodDumps() {
        return keys("odoo/db/").stream()
                .filter(key -> key.endsWith(".sql.gz"))
                .filter(key -> bytes(key).length > 20)
                .toList();
    }

    private static List<String> keys(String prefix) {
        return client.listObjectsV2(request -> request.bucket(estate.bucket()).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    private static byte[] bytes(String key) {
        return client.getObjectAsBytes(
                        request -> request.bucket(estate.bucket()).key(key))
                .asByteArray();
    }

    private static String unzipped(String key) throws IOException {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes(key)))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Place in the filestore to digest and size, marks of the cleaner left out. */
    private static Map<String, String> files(String key) throws Exception {
        Map<String, String> files = new TreeMap<>();
        List<String> marks = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ZstdInputStream(new ByteArrayInputStream(bytes(key))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] content = tar.readAllBytes();
                String place = entry.getName().substring("odoo/".length());
                if (place.startsWith("checklist/")) {
                    assertThat(content).isEmpty();
                    marks.add(place.substring("checklist/".length()));
                } else {
                    files.put(
                            place,
                            HexFormat.of()
                                            .formatHex(MessageDigest.getInstance("SHA-1")
                                                    .digest(content)) + " " + content.length);
                }
            }
        }
        assertThat(files.keySet()).containsAll(marks);
        return files;
    }
}
