package dev.muster.app;

import static org.awaitility.Awaitility.await;

import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A production server whose backups and log pgBackRest keeps in two repositories of one bucket: a plain one below {@code
 * plain/}, and an encrypted one with bundles below {@code sealed/}.
 */
final class PgBackRestServer implements AutoCloseable {
    static final String STANZA = "shop";
    static final String PASS = "an open sesame = for tests";
    static final String PLAIN = "1";
    static final String SEALED = "2";

    private final ArchivingServer server;
    private final Path configuration;

    PgBackRestServer(Path home, int s3Port) throws Exception {
        server = new ArchivingServer(home);
        Path work = server.scratch().folder("pgbackrest");
        configuration = work.resolve("pgbackrest.conf");
        Files.createFile(
                configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                configuration,
                "[global]\n" + repository(PLAIN, "/plain", s3Port) + repository(SEALED, "/sealed", s3Port)
                        + """
                repo2-bundle=y
                repo2-cipher-type=aes-256-cbc
                repo2-cipher-pass=%s
                compress-type=lz4
                start-fast=y
                log-level-file=off
                log-level-console=warn
                log-path=%s
                lock-path=%s
                spool-path=%s
                [%s]
                pg1-path=%s
                pg1-port=%d
                pg1-user=postgres
                """.formatted(PASS, work, work, work, STANZA, server.data(), server.port()));
        server.scratch().handOver(configuration);
        server.tablespace();
        pgbackrest("stanza-create");
        server.sql("alter system set archive_command = 'pgbackrest --config=" + configuration + " --stanza=" + STANZA
                + " archive-push %p'");
        server.sql("select pg_reload_conf()");
    }

    private static String repository(String number, String path, int s3Port) {
        return """
                repoN-type=s3
                repoN-path=%s
                repoN-s3-bucket=%s
                repoN-s3-endpoint=127.0.0.1
                repoN-s3-region=eu-central-1
                repoN-s3-key=%s
                repoN-s3-key-secret=%s
                repoN-s3-uri-style=path
                repoN-storage-port=%d
                repoN-storage-verify-tls=n
                repoN-retention-full=9
                """.formatted(path, Playground.BUCKET, Playground.ACCESS_KEY, Playground.SECRET_KEY, s3Port)
                .replace("repoN", "repo" + number);
    }

    /** Makes a backup: {@code full}, {@code diff} or {@code incr}. */
    void backup(String repository, String type, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("backup", "--repo=" + repository, "--type=" + type));
        arguments.addAll(List.of(options));
        pgbackrest(arguments.toArray(String[]::new));
    }

    Instant beat() throws SQLException {
        return server.beat();
    }

    void sql(String sql) throws SQLException {
        server.sql(sql);
    }

    /** Ends the segment, and waits until it is in both repositories. */
    String endSegment() throws SQLException {
        sql("insert into ballast select md5(n::text) from generate_series(1, 2000) n");
        String name = server.one("select pg_walfile_name(pg_current_wal_lsn())");
        sql("select pg_switch_wal()");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "t"
                        .equals(server.one(
                                "select coalesce(last_archived_wal, '') >= '" + name + "' from pg_stat_archiver")));
        return name;
    }

    /** Recovers as after the loss of a primary, which begins another timeline. */
    void beginTimeline() throws Exception {
        server.stop();
        Files.writeString(
                server.data().resolve("postgresql.auto.conf"),
                "restore_command = 'false'\n",
                StandardOpenOption.APPEND);
        Files.writeString(server.data().resolve("recovery.signal"), "");
        server.scratch().handOver(server.data().resolve("recovery.signal"));
        server.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.one("select pg_is_in_recovery()").equals("f"));
    }

    private void pgbackrest(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("pgbackrest", "--config=" + configuration, "--stanza=" + STANZA));
        command.addAll(List.of(arguments));
        Finished finished = server.scratch().run(new Program(command, Map.of("PGHOST", "127.0.0.1"), line -> {}));
        if (!finished.succeeded()) {
            throw new IllegalStateException(command + ": " + finished);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
