package dev.muster.restore.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.backup.format.Seal;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OnFailure;
import dev.muster.drill.OpensslCipher;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Promises;
import dev.muster.drill.Reading;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs({"age", "age-keygen", "gpg", "gpgconf", "openssl", "prlimit"})
class UnsealingTest {
    @TempDir
    static Path making;

    private static Sealing sealing;
    private static byte[] plain;
    private static String identity;
    private static String stranger;
    private static String gpgKey;
    private static String gpgStranger;

    @TempDir
    Path home;

    private LocalSite site;

    private Scratch scratch;

    @BeforeAll
    static void makeKeys() throws Exception {
        sealing = new Sealing(making);
        plain = compressed(300_000);
        identity = sealing.ageIdentity();
        stranger = sealing.ageIdentity();
        gpgKey = sealing.gpgKey("backup@example.org");
        gpgStranger = sealing.gpgKey("stranger@example.org");
    }

    @AfterAll
    static void endAgent() throws Exception {
        sealing.close();
    }

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "a-drill",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(1), OptionalLong.empty()));
        scratch = site.scratch();
    }

    @AfterEach
    void nothing_stays() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .doesNotContain("key", "private-keys-v1.d", "S.gpg-agent");
        }
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void opens_what_age_encrypted_as_bytes_and_as_text() throws Exception {
        assertThat(opened(sealing.age(identity, plain), identity)).isEqualTo(Seal.AGE);
        assertThat(opened(sealing.age(identity, plain, "--armor"), identity)).isEqualTo(Seal.AGE);
    }

    @Test
    void opens_what_gnupg_encrypted_for_a_key_or_with_a_pass_phrase() throws Exception {
        assertThat(opened(sealing.gpgFor("backup@example.org", plain), gpgKey)).isEqualTo(Seal.GPG);
        assertThat(opened(sealing.gpgFor("backup@example.org", plain, "--armor"), gpgKey))
                .isEqualTo(Seal.GPG);
        assertThat(opened(sealing.gpgByPass(plain), Sealing.PASS)).isEqualTo(Seal.GPG);
        assertThat(opened(sealing.gpgByPass(plain, "--armor"), Sealing.PASS)).isEqualTo(Seal.GPG);
    }

    @Test
    void opens_what_openssl_encrypted_as_the_runbook_says() throws Exception {
        byte[] usual = sealing.openssl(plain, "-aes-256-cbc", "-pbkdf2");
        assertThat(opened(usual, Sealing.PASS)).isEqualTo(Seal.OPENSSL);
        byte[] text = sealing.openssl(plain, "-aes-256-cbc", "-pbkdf2", "-a");
        assertThat(opened(text, Sealing.PASS)).isEqualTo(Seal.OPENSSL);
        byte[] own = sealing.openssl(plain, "-aes-192-ctr", "-pbkdf2", "-iter", "77", "-md", "sha512");
        assertThat(opened(own, Sealing.PASS, new OpensslCipher("aes-192-ctr", "sha512", 77)))
                .isEqualTo(Seal.OPENSSL);
        byte[] old = sealing.openssl(plain, "-aes-128-cbc", "-md", "md5");
        assertThat(opened(old, Sealing.PASS, new OpensslCipher("aes-128-cbc", "md5", 0)))
                .isEqualTo(Seal.OPENSSL);
    }

    @Test
    void leaves_what_is_not_encrypted_as_it_is() throws Exception {
        Job job = job(plain, OpensslCipher.USUAL);

        assertThat(Unsealing.open(job, () -> {
                    throw new AssertionError("nobody needs a key");
                }))
                .isEmpty();
        assertThat(job.file()).hasBinaryContent(plain);
    }

    @Test
    void a_wrong_key_says_nothing_about_the_backup() throws Exception {
        assertThat(unable(sealing.age(identity, plain), stranger).what())
                .contains("The key does not open the backup", "no identity matched");
        assertThat(unable(sealing.age(identity, plain), "rubbish").what())
                .contains("The key does not open the backup", "AGE-SECRET-KEY-");
        assertThat(unable(sealing.gpgFor("backup@example.org", plain), gpgStranger)
                        .what())
                .contains("The key does not open the backup", "encrypted for the key ");
        assertThat(unable(sealing.gpgFor("backup@example.org", plain), gpgKey.substring(0, 700))
                        .what())
                .contains("The key does not open the backup", "no private key");
        assertThat(unable(sealing.gpgByPass(plain), "a shut sesame").what())
                .contains("The key does not open the backup", "pass phrase");
        assertThat(unable(sealing.gpgByPass(plain), "a shut sesame").remedy())
                .contains("backups.filestore.key", "Nothing is known about the backup");
    }

    @Test
    void openssl_cannot_tell_a_wrong_key_from_damage_and_says_so() throws Exception {
        byte[] sealed = sealing.openssl(plain, "-aes-256-cbc", "-pbkdf2");
        assertThat(unable(sealed, "a shut sesame").what()).contains("either the key is wrong", "damaged");
        byte[] stream = sealing.openssl(plain, "-aes-256-ctr", "-pbkdf2");
        assertThat(unable(job(stream, new OpensslCipher("aes-256-ctr", "sha256", 10_000)), "a shut sesame")
                        .what())
                .contains("either the key is wrong", "damaged");
        assertThat(unable(job(sealed, new OpensslCipher("aes-999-cbc", "sha256", 10_000)), Sealing.PASS)
                        .what())
                .contains("cannot decrypt aes-999-cbc");
    }

    @Test
    void what_is_cut_short_or_damaged_is_the_backups_fault() throws Exception {
        for (byte[] damaged : List.of(cut(sealing.age(identity, plain)), flipped(sealing.age(identity, plain)))) {
            assertThat(bad(damaged, identity).what()).startsWith("The encrypted backup is cut short or damaged: ");
        }
        for (byte[] damaged : List.of(
                cut(sealing.gpgByPass(plain)),
                flipped(sealing.gpgByPass(plain)),
                cut(sealing.gpgByPass(plain, "--armor")))) {
            assertThat(bad(damaged, Sealing.PASS).what()).startsWith("The encrypted backup is cut short or damaged: ");
        }
        byte[] almostNothing = Arrays.copyOf(sealing.gpgFor("backup@example.org", plain), 50);
        assertThat(bad(almostNothing, gpgKey).what()).startsWith("The encrypted backup is cut short or damaged: ");
        byte[] middleOfBlock = Arrays.copyOf(sealing.openssl(plain, "-aes-256-cbc", "-pbkdf2"), 100_003);
        assertThat(bad(middleOfBlock, Sealing.PASS).what()).contains("cut short", "block of the cipher");
    }

    @Test
    void a_bomb_is_stopped_while_it_grows() throws Exception {
        byte[] bomb = sealing.gpgByPass(new byte[80 << 20], "--compress-algo", "zip");

        assertThat(bad(bomb, Sealing.PASS).what()).contains("bomb");
    }

    @Test
    void without_a_key_the_runbook_is_what_lacks() throws Exception {
        Job job = job(sealing.age(identity, plain), OpensslCipher.USUAL);

        Throwable thrown = catchThrowable(() -> Unsealing.open(job, Optional::empty));

        assertThat(((CouldNotRun) thrown).problem().remedy()).contains("backups.filestore.key");
    }

    private Seal opened(byte[] sealed, String key) throws Exception {
        return opened(sealed, key, OpensslCipher.USUAL);
    }

    private Seal opened(byte[] sealed, String key, OpensslCipher cipher) throws Exception {
        Job job = job(sealed, cipher);
        Seal seal = Unsealing.open(job, () -> Optional.of(new Secret(key))).orElseThrow();
        assertThat(job.file()).hasBinaryContent(plain);
        return seal;
    }

    private Problem unable(byte[] sealed, String key) throws Exception {
        return unable(job(sealed, OpensslCipher.USUAL), key);
    }

    private static Problem unable(Job job, String key) {
        Throwable thrown = catchThrowable(() -> Unsealing.open(job, () -> Optional.of(new Secret(key))));
        assertThat(thrown).isInstanceOf(CouldNotRun.class).hasMessageNotContaining(key);
        return ((CouldNotRun) thrown).problem();
    }

    private Problem bad(byte[] sealed, String key) throws Exception {
        Job job = job(sealed, OpensslCipher.USUAL);
        Throwable thrown = catchThrowable(() -> Unsealing.open(job, () -> Optional.of(new Secret(key))));
        assertThat(thrown).isInstanceOf(BadBackup.class);
        return ((BadBackup) thrown).problem();
    }

    private Job job(byte[] content, OpensslCipher cipher) throws IOException {
        BackupSource source = new BackupSource(
                Asset.FILESTORE,
                "primary",
                BackupFormat.TAR,
                "erp/",
                Optional.empty(),
                Selection.NEWEST,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("${secret:backup-key}"),
                cipher,
                Promises.NONE,
                OnFailure.STOP);
        StoredObject object = new StoredObject(
                "primary", "backups", "erp/files.tar", content.length, "etag", Optional.empty(), Instant.now());
        Path folder = scratch.folder("fetched");
        Files.write(folder.resolve("files.tar"), content);
        scratch.handOver(folder);
        return new Job(
                new Backup(Asset.FILESTORE, source, object, Reading.none("not asked")),
                folder,
                scratch,
                15,
                Progress.SILENT);
    }

    /** Random bytes, so that what encrypts them cannot make them fewer. */
    private static byte[] compressed(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length * 2 / 3);
    }

    private static byte[] flipped(byte[] whole) {
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        return changed;
    }
}
