package dev.muster.app;

import static org.awaitility.Awaitility.await;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.drill.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The real barman-cloud tools at work: they archive a server's log and back it up into a bucket. */
final class BarmanCloud implements AutoCloseable {
    private static final String BUCKET = "barman";
    private static final String PREFIX = "pg/shop/";
    private static final String ACCESS_KEY = "barman-writer";
    private static final String SECRET_KEY = "a-secret-of-the-backup-job";

    private final EmbeddedS3 s3 = EmbeddedS3.inMemory(ACCESS_KEY, new Secret(SECRET_KEY));
    private final S3Client client = S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(Region.EU_CENTRAL_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
    private final ArchivingServer server;
    private final Path folder;

    /** @param folder for what the tools say */
    BarmanCloud(ArchivingServer server, Path folder) throws Exception {
        this.server = server;
        this.folder = folder;
        s3.createBucket(BUCKET);
        Path script = server.data().resolveSibling("archive.sh");
        // Each segment compressed in another way, as an archive that has seen several settings.
        Files.writeString(script, """
                export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_DEFAULT_REGION=eu-central-1
                case "$1" in
                  *[048C]) how=--gzip ;;
                  *[159D]) how=--bzip2 ;;
                  *) how= ;;
                esac
                exec barman-cloud-wal-archive --endpoint-url %s $how s3://%s/pg shop "$1"
                """.formatted(ACCESS_KEY, SECRET_KEY, s3.endpoint(), BUCKET));
        server.sql("alter system set archive_command = 'sh " + script + " %p'");
        server.sql("select pg_reload_conf()");
    }

    /** Takes a base backup. */
    void backUp(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("barman-cloud-backup"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--immediate-checkpoint",
                "--endpoint-url",
                s3.endpoint().toString(),
                "--host",
                "127.0.0.1",
                "--port",
                server.one("show port"),
                "--user",
                "postgres",
                "s3://" + BUCKET + "/pg",
                "shop"));
        Path said = folder.resolve("barman-cloud-backup.log");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        program.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY", SECRET_KEY,
                        "AWS_DEFAULT_REGION", "eu-central-1"));
        Process process = program.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw new IllegalStateException(command + ": " + Files.readString(said)
                    + Files.readString(server.data().resolve("log")));
        }
    }

    /** Writes some business into the log and ends the segment; waits until it is in the archive. */
    String endSegment() throws SQLException {
        server.sql("insert into ballast select md5(n::text) from generate_series(1, 2000) n");
        String name = server.one("select pg_walfile_name(pg_current_wal_lsn())");
        server.sql("select pg_switch_wal()");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Optional.ofNullable(server.one("select last_archived_wal from pg_stat_archiver"))
                        .filter(last -> last.compareTo(name) >= 0)
                        .isPresent());
        return name;
    }

    /** Keeps everything that the tools stored, under another prefix than theirs. */
    void keep(RecoveryBench.Kept objects, String prefix) {
        client.listObjectsV2Paginator(request -> request.bucket(BUCKET))
                .contents()
                .forEach(object -> objects.keep(
                        prefix + object.key().substring(PREFIX.length()),
                        client.getObjectAsBytes(
                                        request -> request.bucket(BUCKET).key(object.key()))
                                .asByteArray(),
                        object.lastModified()));
    }

    @Override
    public void close() {
        client.close();
        s3.close();
    }
}
