package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Base backups in each form that pg_basebackup gives them, with the log in them or without any log at all. */
@Needs({"initdb", "pg_ctl", "pg_basebackup"})
class BaseBackupFormsTest {
    private static final RecoveryBench.Kept OBJECTS = new RecoveryBench.Kept();
    /** The last heartbeat before each backup, by the backup's name. */
    private static final Map<String, Instant> BEATS = new TreeMap<>();

    @TempDir
    static Path making;

    @TempDir
    Path folder;

    private RecoveryBench bench;

    @BeforeAll
    static void makeBackups() throws Exception {
        try (ArchivingServer server = new ArchivingServer(making)) {
            keep(server, "plain", "--wal-method=fetch");
            keep(server, "gzip", "--compress=gzip:1", "--wal-method=stream");
            keep(server, "lz4", "--compress=lz4", "--wal-method=fetch");
            keep(server, "zstd", "--compress=zstd", "--wal-method=stream");
            keep(server, "digests", "--manifest-checksums=SHA256", "--wal-method=stream", "--compress=gzip:1");
            keep(server, "no-log", "--wal-method=none", "--compress=gzip:1");
        }
    }

    @AfterAll
    static void forget() {
        OBJECTS.forget();
    }

    @BeforeEach
    void open() throws Exception {
        bench = new RecoveryBench(folder, OBJECTS);
    }

    @AfterEach
    void nothing_is_left_behind() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "lz4", "zstd", "digests"})
    void a_backup_with_its_log_in_it_comes_back_to_its_own_end(String form) throws Exception {
        from(form);

        assertThat(bench.newestBeat(bench.passed())).isEqualTo(BEATS.get(form));
    }

    @Test
    void a_backup_without_any_log_is_not_complete() throws Exception {
        from("no-log");

        assertThat(bench.ended("FAILED").out()).contains("not complete without the log", "--wal-method=stream", "wal:");
    }

    private void from(String form) throws Exception {
        bench.runbook(15, "database: { vault: primary, format: pg-basebackup, prefix: base/" + form + "/ }");
    }

    private static void keep(ArchivingServer server, String form, String... options) throws Exception {
        BEATS.put(form, server.beat());
        OBJECTS.keepAll("base/" + form + "/", ArchivingServer.files(server.backup(options)));
    }
}
