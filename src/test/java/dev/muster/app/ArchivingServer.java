package dev.muster.app;

import static org.awaitility.Awaitility.await;

import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Finished;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Program;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.postgres.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A production server with a heartbeat, whose log is archived by itself and which pg_basebackup copies. */
final class ArchivingServer implements AutoCloseable {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private final LocalSite site;

    private final Scratch scratch;
    private Path data;
    private final Path archive;
    private final int major;
    private final int port;
    private int backups;

    ArchivingServer(Path home) throws Exception {
        this(home, 15, "");
    }

    /** @param settings further lines of its configuration */
    ArchivingServer(Path home, int major, String settings) throws Exception {
        this.major = major;
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "production",
                        new ScratchPlan(
                                        ScratchPlan.Placement.LOCAL,
                                        major,
                                        Duration.ofMinutes(30),
                                        OptionalLong.empty())
                                .in(ScratchPlan.Network.OPEN));
        scratch = site.scratch();
        data = scratch.folder("production");
        archive = scratch.folder("archive");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        run("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust", "--no-sync");
        Files.writeString(
                data.resolve("postgresql.conf"),
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                fsync = off
                max_connections = 250
                archive_mode = on
                archive_command = 'cp %%p %s/%%f.part && mv %s/%%f.part %s/%%f'
                timezone = 'Asia/Tokyo'
                log_timezone = 'Asia/Tokyo'
                """.formatted(port, archive, archive, archive) + settings,
                StandardOpenOption.APPEND);
        start();
        sql("create database shop");
        sql("create table heartbeat (at timestamptz primary key); create table ballast (t text);"
                + " create table customer (id int primary key); create table invoice (customer int references customer);"
                + " insert into customer values (1); insert into invoice values (1)");
    }

    void start() throws InterruptedException {
        run("pg_ctl", "start", "--pgdata=" + data, "--log=" + data.resolve("log"), "--wait", "--silent");
    }

    void stop() throws InterruptedException {
        run("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait", "--silent");
    }

    Path data() {
        return data;
    }

    /** Lets every page bear a checksum from now on. */
    void keepChecksums() throws InterruptedException {
        stop();
        run("pg_checksums", "--enable", "--no-sync", "--pgdata=" + data);
        start();
    }

    int port() {
        return port;
    }

    /** Where it runs, as a user that is not root. */
    Scratch scratch() {
        return scratch;
    }

    /** Puts a folder of the server's user on another disk, so to say, and a table on it. */
    void tablespace() throws SQLException {
        Path folder = scratch.folder("other-disk");
        sql("create tablespace other location '" + folder + "'");
        sql("create table elsewhere tablespace other as select n, md5(n::text) from generate_series(1, 1000) n");
    }

    /** Commits a heartbeat and says when. */
    Instant beat() throws SQLException {
        sql("insert into heartbeat values (clock_timestamp())");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select extract(epoch from max(at)) * 1000000 from heartbeat")) {
            row.next();
            long micros = row.getBigDecimal(1).longValue();
            return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
        }
    }

    /** Writes some business into the log and ends the segment; waits until it is in the archive. */
    String endSegment() throws SQLException {
        sql("insert into ballast select md5(n::text) from generate_series(1, 2000) n");
        String name = one("select pg_walfile_name(pg_current_wal_lsn())");
        sql("select pg_switch_wal()");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(archive.resolve(name)));
        return name;
    }

    /** Copies the server as pg_basebackup does, into a folder of files. */
    Path backup(String... options) throws InterruptedException {
        Path folder = scratch.folder("backup-" + backups++);
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + folder,
                "--checkpoint=fast",
                "--no-sync",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=postgres"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--format=plain")) {
            arguments.add("--format=tar");
        }
        run("pg_basebackup", arguments.toArray(String[]::new));
        return folder;
    }

    /** Goes back to what an earlier copy and the archive know of an instant, which begins another timeline. */
    void goBack(Path copy, Instant to) throws IOException, InterruptedException, SQLException {
        stop();
        data = copy;
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "restore_command = 'cp %s/%%f %%p'\nrecovery_target_time = '%s'\nrecovery_target_action = promote\n"
                        .formatted(archive, INSTANT.format(to)),
                StandardOpenOption.APPEND);
        Files.writeString(data.resolve("recovery.signal"), "");
        scratch.handOver(data.resolve("recovery.signal"));
        start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> one("select pg_is_in_recovery()").equals("f"));
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(archive.resolve("00000002.history")));
    }

    /** Recovers an earlier copy to the end of the log in production's place, and says how long that takes. */
    Duration recover(Path copy, String restoreScript) throws IOException, InterruptedException {
        stop();
        data = copy;
        Path script = scratch.folder("restore").resolve("fetch");
        Files.writeString(script, restoreScript);
        scratch.handOver(script);
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "restore_command = 'sh " + script + " %f %p'\narchive_mode = off\n",
                StandardOpenOption.APPEND);
        Files.writeString(data.resolve("recovery.signal"), "");
        scratch.handOver(data.resolve("recovery.signal"));
        Instant from = Instant.now();
        start();
        await().atMost(Duration.ofMinutes(20))
                .until(() -> one("select pg_is_in_recovery()").equals("f"));
        return Duration.between(from, Instant.now());
    }

    List<Path> archived() {
        return files(archive);
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String one(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/shop?user=postgres");
        } catch (SQLException notYet) {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        }
    }

    private void run(String program, String... arguments) throws InterruptedException {
        Path path = scratch.client(program, major)
                .or(() -> Optional.of(included().resolve(program)))
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        Finished finished = scratch.run(new Program(command, Map.of(), line -> {}));
        if (!finished.succeeded()) {
            throw new IllegalStateException(command + ": " + finished);
        }
    }

    /** The server that comes with Muster, for versions that are not installed. */
    private Path included() {
        Path cache = scratch.folder("programs");
        Path programs = new Servers(List.of()).programs(major, cache);
        scratch.handOver(cache);
        return programs;
    }

    /** Copies the server over the replication protocol: all of it, or what has changed since an earlier copy. */
    Path stream(Optional<Path> since) throws IOException {
        Path folder = scratch.folder("backup-" + backups++);
        try (BackupStream stream = new BackupStream(port)) {
            if (since.isPresent()) {
                stream.incremental(Files.readAllBytes(since.get().resolve("backup_manifest")), folder);
            } else {
                stream.full(folder);
            }
        }
        return folder;
    }

    @Override
    public void close() {
        site.remove();
    }
}
