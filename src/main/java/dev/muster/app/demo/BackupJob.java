package dev.muster.app.demo;

import com.github.luben.zstd.ZstdOutputStream;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import dev.muster.scratch.Scratch;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The sample company's nightly job: database, then filestore, then configuration, each object named by its instant. */
final class BackupJob {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static final String DATABASE = "odoo/db/";
    static final String ARCHIVE = "odoo/db-custom/";
    static final String FILESTORE = "odoo/filestore/";
    static final String CONFIGURATION = "odoo/config/";

    private final EmbeddedS3 vault;
    private final String bucket;
    private final Scratch production;
    private final Database database;
    private final Path files;
    private final Path outgoing;
    private final Clock clock;

    /**
     * @param files the company's folders {@code odoo} (attachments) and {@code configuration}
     * @param outgoing where objects lie until they are in the vault
     */
    BackupJob(
            EmbeddedS3 vault,
            String bucket,
            Scratch production,
            Database database,
            Path files,
            Path outgoing,
            Clock clock) {
        this.vault = vault;
        this.bucket = bucket;
        this.production = production;
        this.database = database;
        this.files = files;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    /** Makes the backups that the job would have made then: they give that time for their own, and say that they do. */
    void standForPast(Instant then) throws SQLException, IOException, InterruptedException {
        Path dump = outgoing.resolve("database");
        dump(dump, Optional.of(then));
        date(put(DATABASE, then, ".sql.gz", dump), then.plusSeconds(80));
        Instant copied = then.plusSeconds(90);
        date(putFilestore(copied), copied.plusSeconds(30));
        Instant collected = then.plusSeconds(150);
        date(putConfiguration(collected), collected.plusSeconds(2));
    }

    /** Makes backups now, and says from when the database's is. */
    Instant run() throws SQLException, IOException, InterruptedException {
        Path dump = outgoing.resolve("database");
        Instant started = dump(dump, Optional.empty());
        put(DATABASE, started, ".sql.gz", dump);
        putFilestore(clock.instant());
        putConfiguration(clock.instant());
        return started;
    }

    /**
     * Makes a custom archive with the real {@code pg_dump}, and a filestore after it.
     *
     * @return from when it is, or absent when no fitting program is installed
     */
    Optional<Instant> runWithClientProgram() throws IOException, InterruptedException {
        Optional<Path> program = production.client("pg_dump", database.major());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path archive = production.folder("outgoing").resolve("database.dump");
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("TZ", "UTC");
        Instant started = clock.instant();
        Finished finished = production.run(new Program(
                List.of(program.get().toString(), "--format=custom", "--compress=1", "--file=" + archive),
                environment,
                line -> {}));
        if (!finished.succeeded()) {
            throw new CouldNotRun(
                    new Problem(
                            "pg_dump ended with exit code " + finished.exit() + ": "
                                    + String.join(" ", finished.lastLines()),
                            program.get().toString(),
                            "Put the installed PostgreSQL client programs right, or remove them: the demonstration does without."));
        }
        put(ARCHIVE, started, ".dump", archive);
        return Optional.of(started);
    }

    /** Leaves what jobs leave that went wrong: a dump of nothing, an upload that broke off, and a stray file. */
    void fail(Instant at) throws IOException {
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        new GZIPOutputStream(nothing).close();
        vault.put(bucket, DATABASE + "odoo-" + STAMP.format(at) + ".sql.gz", nothing.toByteArray());
        Path dump = outgoing.resolve("broken-off");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dump))) {
            out.write(Resource.bytes("tables.sql"));
        }
        vault.put(bucket, DATABASE + "odoo-" + STAMP.format(at) + ".sql.gz.partial", dump);
        Files.delete(dump);
        String line = STAMP.format(at) + " dump failed: connection to the database was lost\n";
        vault.put(bucket, DATABASE + "backup-job.log", line.getBytes(StandardCharsets.UTF_8));
    }

    private Instant dump(Path file, Optional<Instant> pretended)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = database.connect();
                OutputStream out =
                        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), 1 << 16)) {
            return new PlainDump(clock).write(connection, pretended, out);
        }
    }

    private String putFilestore(Instant at) throws IOException, InterruptedException {
        Path archive = outgoing.resolve("filestore");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(archive))) {
            FolderArchive.write(files.resolve("odoo"), "odoo", out);
        }
        return put(FILESTORE, at, ".tar.zst", archive);
    }

    private String putConfiguration(Instant at) throws IOException, InterruptedException {
        Path folder = files.resolve("configuration");
        Files.createDirectories(folder.resolve("nginx"));
        for (String name : List.of("odoo.conf", "addons.txt", "nginx/erp.conf")) {
            Files.write(folder.resolve(name), Resource.bytes("configuration/" + name));
            Files.setLastModifiedTime(folder.resolve(name), FileTime.from(at.minus(Duration.ofDays(40))));
        }
        Files.writeString(folder.resolve("collected.txt"), "Collected on " + at + "\n");
        Files.setLastModifiedTime(folder.resolve("collected.txt"), FileTime.from(at));
        Path archive = outgoing.resolve("configuration");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            FolderArchive.write(folder, "configuration", out);
        }
        return put(CONFIGURATION, at, ".tar.gz", archive);
    }

    private String put(String prefix, Instant at, String ending, Path file) throws IOException {
        String key = prefix + "odoo-" + STAMP.format(at) + ending;
        vault.put(bucket, key, file);
        Files.delete(file);
        return key;
    }

    private void date(String key, Instant lastModified) throws IOException {
        vault.date(bucket, key, lastModified);
    }
}
