package dev.muster.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.muster.app.demo.EmbeddedS3;
import dev.muster.backup.Dumps;
import dev.muster.backup.Estate;
import dev.muster.backup.FaultyLine;
import dev.muster.backup.LittleMemory;
import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.drill.StoredObject;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class FetchTest {
    private static final String KEY = "db/one.dump";

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
    }

    @AfterEach
    void close() throws Exception {
        faulty.close();
        line.close();
        estate.close();
    }

    @Test
    void brings_every_byte_and_its_digest() throws Exception {
        byte[] content = content(3 * Etag.PART + 17);
        Backup backup = backup(content);
        List<Long> steps = new ArrayList<>();

        ObjectRead read = estate.vaults.fetch(backup, file(), watching(steps)).get(0);

        assertThat(Files.readAllBytes(file())).isEqualTo(content);
        assertThat(read.sha256()).isEqualTo(sha256(content));
        assertThat(read.bytes()).isEqualTo(content.length);
        assertThat(read.before()).isEqualTo(backup.object());
        assertThat(read.protection()).contains("MD5", "ETag");
        assertThat(steps).hasSize(4).last().isEqualTo((long) content.length);
    }

    @Test
    void brings_an_empty_object_and_one_that_is_smaller_than_a_part() throws Exception {
        for (int size : new int[] {0, 1, 1000}) {
            assertThat(estate.vaults
                            .fetch(backup(content(size)), file(), Progress.SILENT)
                            .get(0)
                            .bytes())
                    .isEqualTo(size);
        }
    }

    @Test
    void reads_again_when_a_byte_was_flipped_on_the_way() throws Exception {
        byte[] content = content(100_000);
        Backup backup = backup(content);
        AtomicInteger answers = new AtomicInteger();
        line.does((request, answer) -> isRead(request) && answers.incrementAndGet() == 1 ? flipped(answer) : answer);

        ObjectRead read = faulty.fetch(backup, file(), Progress.SILENT).get(0);

        assertThat(read.sha256()).isEqualTo(sha256(content));
        assertThat(Files.readAllBytes(file())).isEqualTo(content);
        assertThat(answers).hasValue(2);
    }

    @Test
    void refuses_a_backup_whose_digest_differs_each_time() throws Exception {
        Backup backup = backup(content(100_000));
        line.does((request, answer) -> isRead(request) ? flipped(answer) : answer);

        assertThatThrownBy(() -> faulty.fetch(backup, file(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        BadBackup.class,
                        bad -> assertThat(bad.problem().toString())
                                .contains("one.dump are not the ones that were stored", "--backup database=KEY"));
    }

    @Test
    void takes_a_connection_up_again_where_it_broke() throws Exception {
        byte[] content = content(Etag.PART + 1000);
        Backup backup = backup(content);
        AtomicInteger answers = new AtomicInteger();
        line.does((request, answer) ->
                isRead(request) && answers.incrementAndGet() == 1 ? Arrays.copyOf(answer, answer.length / 2) : answer);

        faulty.fetch(backup, file(), Progress.SILENT);

        assertThat(Files.readAllBytes(file())).isEqualTo(content);
        assertThat(answers.get()).isEqualTo(3);
    }

    @Test
    void gives_up_on_a_connection_that_breaks_each_time() throws Exception {
        Backup backup = backup(content(1000));
        line.does((request, answer) -> FaultyLine.body(answer, body -> new byte[0]));

        assertThat(couldNotRun(() -> faulty.fetch(backup, file(), Progress.SILENT)))
                .contains("broke off", "s3://acme/db/one.dump of vault primary");
    }

    @Test
    void could_not_run_when_the_object_was_replaced_or_removed_meanwhile() throws Exception {
        Backup backup = backup(content(1000));
        estate.server.put(Estate.BUCKET, KEY, content(1001));
        assertThat(couldNotRun(() -> estate.vaults.fetch(backup, file(), Progress.SILENT)))
                .contains("was replaced", "s3://acme/db/one.dump", "run the same command again");

        estate.server.remove(Estate.BUCKET, KEY);
        assertThat(couldNotRun(() -> estate.vaults.fetch(backup, file(), Progress.SILENT)))
                .contains("was removed", "run the same command again");
    }

    @Test
    void reads_the_version_that_was_chosen_though_a_newer_one_lies_above_it() throws Exception {
        estate.server.keepVersions(Estate.BUCKET);
        byte[] content = content(1000);
        Backup backup = backup(content);
        estate.server.put(Estate.BUCKET, KEY, content(2000));

        ObjectRead read = estate.vaults.fetch(backup, file(), Progress.SILENT).get(0);
        Optional<StoredObject> after = estate.vaults.lookAgain(backup.object());

        assertThat(read.sha256()).isEqualTo(sha256(content));
        assertThat(read.seenAfterwards(after).unchanged()).isTrue();
    }

    @Test
    void sees_afterwards_whether_the_object_is_still_the_same() throws Exception {
        Backup backup = backup(content(1000));
        ObjectRead read = estate.vaults.fetch(backup, file(), Progress.SILENT).get(0);
        assertThat(read.seenAfterwards(estate.vaults.lookAgain(backup.object())).unchanged())
                .isTrue();

        estate.server.put(Estate.BUCKET, KEY, content(1001));
        assertThat(read.seenAfterwards(estate.vaults.lookAgain(backup.object())).unchanged())
                .isFalse();

        estate.server.remove(Estate.BUCKET, KEY);
        assertThat(estate.vaults.lookAgain(backup.object())).isEmpty();
    }

    @Test
    void says_how_much_room_is_missing_before_it_reads() throws Exception {
        Backup backup = backup(content(3_000_000));
        try (FileSystem disk = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setMaxSize(1_000_000).build())) {
            Path file = disk.getPath("one.dump");
            assertThat(couldNotRun(() -> estate.vaults.fetch(backup, file, Progress.SILENT)))
                    .contains("disk is full", "needs 3000000 more bytes", "one.dump", "muster scratch list");
            assertThat(Files.exists(file)).isFalse();
        }
    }

    @Test
    void says_that_the_disk_is_full_when_it_fills_up_on_the_way() throws Exception {
        Backup backup = backup(content(1000));
        assertThat(couldNotRun(() -> estate.vaults.fetch(backup, Path.of("/dev/full"), Progress.SILENT)))
                .contains("cannot be written to disk", "/dev/full");
    }

    @Test
    void stops_at_once_when_it_is_cancelled() throws Exception {
        Backup backup = backup(content(1000));
        line.does((request, answer) -> FaultyLine.SILENCE);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread fetching = new Thread(() -> {
            try {
                faulty.fetch(backup, file(), Progress.SILENT);
            } catch (Exception e) {
                end.set(e);
            }
        });
        fetching.start();
        await().until(() -> !line.asked().isEmpty());

        fetching.interrupt();

        await().atMost(Duration.ofSeconds(1)).until(() -> !fetching.isAlive());
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void says_of_a_server_that_hangs_that_it_does_not_answer() throws Exception {
        Backup backup = backup(content(1000));
        line.does((request, answer) -> FaultyLine.SILENCE);
        assertThat(couldNotRun(() -> faulty.lookAgain(backup.object()))).contains("does not answer in time");
    }

    @Test
    void needs_no_more_memory_for_a_larger_object() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200L * 1024 * 1024);
        }
        try (EmbeddedS3 server =
                EmbeddedS3.start(folder.resolve("vault"), Estate.ACCESS_KEY, new Secret(Estate.SECRET_KEY))) {
            server.createBucket(Estate.BUCKET);
            server.put(Estate.BUCKET, KEY, large);

            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx80m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LittleMemory.class.getName(),
                            server.endpoint().toString(),
                            KEY,
                            file().toString())
                    .redirectErrorStream(true)
                    .start();

            assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith(Files.size(large) + " ");
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void compares_the_digest_of_an_upload_in_parts_of_the_usual_size() throws Exception {
        byte[] content = content(Etag.PART + 6_000_000);

        assertThat(estate.vaults
                        .fetch(inParts(content, Etag.PART), file(), Progress.SILENT)
                        .get(0)
                        .protection())
                .startsWith("Compared and the same: MD5 ")
                .contains("its ETag over parts");
        assertThat(estate.vaults
                        .fetch(inParts(content, Etag.PART + 1000), file(), Progress.SILENT)
                        .get(0)
                        .protection())
                .startsWith("Unprotected: nothing")
                .contains("stored in parts of unknown size");
    }

    @Test
    void asks_a_vault_for_nothing_but_reading() throws Exception {
        estate.put(KEY, Dumps.custom(LocalDateTime.of(2026, 11, 20, 2, 0)), "2026-11-20T03:00:00Z");
        Backup chosen = faulty.choose(
                        Estate.request(
                                "2026-11-21T00:00:00Z", Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/")),
                        Estate.SEED)
                .backups()
                .values()
                .iterator()
                .next();
        faulty.fetch(chosen, file(), Progress.SILENT);
        faulty.lookAgain(chosen.object());
        assertThat(faulty.clockOffset("primary")).isLessThan(Duration.ofMinutes(1));

        assertThat(line.asked()).hasSizeGreaterThanOrEqualTo(5).allMatch(request -> request.matches("(GET|HEAD) .*"));
        try (var client = Connection.open(
                Estate.settings(line.endpoint()),
                Clock.systemUTC(),
                Estate.SHORT,
                new OnlyReads(),
                SessionPolicy::looking)) {
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(Estate.BUCKET).key(KEY)))
                    .hasMessageContaining("a vault is only read");
        }
        assertThat(line.asked()).noneMatch(request -> request.startsWith("DELETE"));
    }

    private Backup inParts(byte[] content, int size) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(estate.server.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Estate.ACCESS_KEY, Estate.SECRET_KEY)))
                .build()) {
            String upload = client.createMultipartUpload(
                            request -> request.bucket(Estate.BUCKET).key(KEY))
                    .uploadId();
            List<CompletedPart> parts = new ArrayList<>();
            for (int from = 0; from < content.length; from += size) {
                int number = parts.size() + 1;
                byte[] part = Arrays.copyOfRange(content, from, Math.min(from + size, content.length));
                String etag = client.uploadPart(
                                request -> request.bucket(Estate.BUCKET)
                                        .key(KEY)
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromBytes(part))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
            client.completeMultipartUpload(request ->
                    request.bucket(Estate.BUCKET).key(KEY).uploadId(upload).multipartUpload(all -> all.parts(parts)));
        }
        return stored();
    }

    private Backup backup(byte[] content) {
        estate.server.put(Estate.BUCKET, KEY, content);
        return stored();
    }

    private Backup stored() {
        try {
            StoredObject object = estate.vaults
                    .lookAgain(new StoredObject("primary", Estate.BUCKET, KEY, 0, "", Optional.empty(), Instant.EPOCH))
                    .orElseThrow();
            return new Backup(
                    Asset.DATABASE,
                    Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, "db/"),
                    object,
                    Reading.none("of no matter"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file() {
        return folder.resolve("fetched");
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Whether bytes of the object are asked for. */
    private static boolean isRead(String request) {
        return request.startsWith("GET /" + Estate.BUCKET + "/" + KEY);
    }

    private static byte[] flipped(byte[] answer) {
        return FaultyLine.body(answer, body -> {
            body[body.length / 2] ^= 1;
            return body;
        });
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static Progress watching(List<Long> steps) {
        return new Progress() {
            @Override
            public void begins(Stage stage) {}

            @Override
            public void advances(String work, long done, long total, Unit unit) {
                steps.add(done);
            }

            @Override
            public void says(String line) {}
        };
    }

    private static String couldNotRun(ThrowingCallable work) {
        return catchThrowableOfType(CouldNotRun.class, work).problem().toString();
    }
}
