package dev.muster.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.backup.Dumps;
import dev.muster.backup.Estate;
import dev.muster.backup.FaultyLine;
import dev.muster.backup.Vaults;
import dev.muster.backup.digest.Algorithm;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Progress;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests made with a backup are compared with exactly the bytes that come. */
class ProtectionTest {
    private static final String KEY = "db/one.dump";
    private static final byte[] CONTENT = Dumps.custom(LocalDateTime.of(2026, 11, 20, 2, 0));
    private static final String WRONG_SHA256 = "ab".repeat(32);

    @TempDir
    Path folder;

    private Estate estate;
    private FaultyLine line;
    private Vaults faulty;

    @BeforeEach
    void open() throws Exception {
        estate = new Estate();
        line = new FaultyLine(estate.server.endpoint());
        faulty = Estate.at(line.endpoint());
        put(KEY, CONTENT);
    }

    @AfterEach
    void close() throws Exception {
        faulty.close();
        line.close();
        estate.close();
    }

    @ParameterizedTest
    @CsvSource({"sha512, SHA512", "sha256, SHA256", "sha256sum, SHA256", "sha1, SHA1", "md5, MD5", "MD5, MD5"})
    void compares_the_digest_that_lies_beside_it(String ending, Algorithm algorithm) throws Exception {
        String sidecar = KEY + "." + ending;
        put(sidecar, hex(algorithm) + "  one.dump\n");
        assertThat(fetched().get(0).protection())
                .startsWith("Compared and the same: ")
                .contains(algorithm.label() + " " + hex(algorithm) + " (s3://acme/" + sidecar + ")", "its ETag");

        String wrong = "cd".repeat(algorithm.length());
        put(sidecar, wrong);
        assertThat(bad())
                .contains(
                        "one.dump are not the ones that were backed up", wrong, hex(algorithm), "s3://acme/" + sidecar)
                .contains("right is their MD5", "damaged before they were stored", "--backup database=KEY");
    }

    @Test
    void compares_its_line_in_the_list_of_its_folder() throws Exception {
        put("db/SHA256SUMS", WRONG_SHA256 + "  two.dump\r\n" + hex(Algorithm.SHA256) + " *one.dump\r\n");
        assertThat(fetched().get(0).protection()).contains("(s3://acme/db/SHA256SUMS)");

        put("db/MD5SUMS", "cd".repeat(16) + "  one.dump\n");
        assertThat(bad()).contains("MD5", "cd".repeat(16), "s3://acme/db/MD5SUMS", "right is their SHA-256");
    }

    @Test
    void compares_all_and_names_the_one_that_disagrees() throws Exception {
        put(KEY + ".sha256", hex(Algorithm.SHA256));
        put(KEY + ".md5", "cd".repeat(16));
        put("db/SHA1SUMS", "ef".repeat(20) + "  one.dump");
        assertThat(bad())
                .contains("their MD5 is " + hex(Algorithm.MD5) + ", but should be " + "cd".repeat(16))
                .contains("their SHA-1 is " + hex(Algorithm.SHA1) + ", but should be " + "ef".repeat(20))
                .contains("right is their SHA-256 " + hex(Algorithm.SHA256));
    }

    @Test
    void finds_a_flipped_bit_that_nothing_else_would_show() throws Exception {
        put(KEY + ".sha256", hex(Algorithm.SHA256) + "  one.dump");
        byte[] flipped = CONTENT.clone();
        flipped[flipped.length / 2] ^= 1;
        put(KEY, flipped);
        assertThat(bad()).contains(hex(Algorithm.SHA256), KEY + ".sha256");
    }

    @Test
    void records_the_digests_that_it_read() throws Exception {
        estate.server.keepVersions(Estate.BUCKET);
        put(KEY, CONTENT);
        put(KEY + ".sha256", hex(Algorithm.SHA256));

        List<ObjectRead> read = fetched();

        assertThat(read).hasSize(2);
        assertThat(read.get(0).before().key()).isEqualTo(KEY);
        assertThat(read.get(1).before().key()).isEqualTo(KEY + ".sha256");
        assertThat(read.get(1).before().version()).isPresent();
        assertThat(read.get(1).unprotected()).isFalse();
        assertThat(read.get(1)
                        .seenAfterwards(estate.vaults.lookAgain(read.get(1).before()))
                        .unchanged())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in</html>", "abcd"})
    void says_of_a_sidecar_without_a_digest_that_it_holds_none(String content) throws Exception {
        put(KEY + ".sha256", content);
        assertThat(fetched().get(0).protection())
                .contains("its ETag", "s3://acme/db/one.dump.sha256 holds no SHA-256 of it.");
    }

    @Test
    void does_not_read_a_sidecar_that_is_too_large_for_one() throws Exception {
        put(KEY + ".sha256", new byte[1_000_000]);
        assertThat(fetched().get(0).protection()).contains("1000000 bytes, too many for digests");
        assertThat(line.asked()).noneMatch(request -> request.startsWith("GET /acme/" + KEY + ".sha256"));
    }

    @Test
    void leaves_the_digests_of_other_objects_alone() throws Exception {
        put(KEY + ".gz.sha256", WRONG_SHA256);
        put("db/two.dump.sha256", WRONG_SHA256);
        put("SHA256SUMS", WRONG_SHA256 + "  one.dump");
        assertThat(fetched()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"SHA256", "SHA1", "CRC64NVME", "CRC32C", "CRC32"})
    void compares_the_checksum_that_the_vault_keeps_of_the_whole_object(Algorithm algorithm) throws Exception {
        byte[] digest = algorithm.start().digest(CONTENT);
        keeps(algorithm, base64(digest), "FULL_OBJECT");
        assertThat(fetched().get(0).protection())
                .contains(algorithm.label() + " " + hex(algorithm) + " (checksum that the vault keeps");
        assertThat(line.heads())
                .anyMatch(head -> head.startsWith("HEAD") && head.matches("(?si).*x-amz-checksum-mode: ENABLED.*"));

        digest[0] ^= 1;
        keeps(algorithm, base64(digest), "FULL_OBJECT");
        assertThat(bad()).contains(algorithm.label(), HexFormat.of().formatHex(digest), hex(algorithm));
    }

    @Test
    void does_not_compare_a_checksum_of_parts_checksums() throws Exception {
        byte[] other = new byte[Algorithm.CRC32.length()];
        for (String type : List.of("COMPOSITE", "")) {
            keeps(Algorithm.CRC32, base64(other) + (type.isEmpty() ? "-2" : ""), type);
            assertThat(fetched().get(0).protection())
                    .contains("The CRC32 that the vault keeps with the object is one of its parts' checksums");
        }
    }

    @Test
    void says_that_bytes_are_unprotected_when_nothing_vouches_for_them() throws Exception {
        assertThat(fetched().get(0).unprotected()).isFalse();

        line.does((request, answer) -> request.matches("(GET|HEAD) /acme/db/one.dump .*")
                ? FaultyLine.with(answer, "x-amz-server-side-encryption: aws:kms")
                : answer);
        ObjectRead read = fetched().get(0);
        assertThat(read.unprotected()).isTrue();
        assertThat(read.protection()).contains("flipped bit", "encrypts the object with a key of its own");

        put(KEY + ".sha256", hex(Algorithm.SHA256));
        assertThat(fetched().get(0).unprotected()).isFalse();
    }

    private void keeps(Algorithm algorithm, String value, String type) {
        String name = algorithm.name().toLowerCase(Locale.ROOT);
        line.does((request, answer) -> request.startsWith("HEAD /acme/" + KEY + " ")
                ? FaultyLine.with(answer, "x-amz-checksum-" + name + ": " + value, "x-amz-checksum-type: " + type)
                : answer);
    }

    private List<ObjectRead> fetched() throws Exception {
        return faulty.fetch(chosen(), folder.resolve("fetched"), Progress.SILENT);
    }

    private String bad() throws Exception {
        Backup chosen = chosen();
        return catchThrowableOfType(
                        BadBackup.class, () -> faulty.fetch(chosen, folder.resolve("fetched"), Progress.SILENT))
                .problem()
                .toString();
    }

    private Backup chosen() throws Exception {
        return Objects.requireNonNull(estate.vaults
                .choose(
                        Estate.request(
                                "2026-11-21T00:00:00Z", Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/")),
                        Estate.SEED)
                .backups()
                .get(Asset.DATABASE));
    }

    private void put(String key, String content) throws Exception {
        estate.put(key, content, "2026-11-20T03:00:00Z");
    }

    private void put(String key, byte[] content) throws Exception {
        estate.put(key, content, "2026-11-20T03:00:00Z");
    }

    private static String hex(Algorithm algorithm) {
        return HexFormat.of().formatHex(algorithm.start().digest(CONTENT));
    }

    private static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }
}
