package dev.muster.restore;

import dev.muster.backup.BackupManifest;
import dev.muster.backup.BadManifest;
import dev.muster.drill.BadBackup;
import dev.muster.drill.StoredObject;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A base backup: its tars put back into the folder of a server, and compared with its manifest. */
final class BaseBackup {
    private final Job job;
    private final Notes notes;
    private final Path data;
    private Optional<BackupManifest> restored = Optional.empty();

    BaseBackup(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
        this.data = job.scratch().serverFolder();
    }

    /** The manifest of a backup whose files are all restored; absent while they are not. */
    Optional<BackupManifest> manifest() {
        return restored;
    }

    void restore() throws IOException, BadBackup, InterruptedException {
        BackupManifest manifest = read();
        long bytes = 0;
        for (StoredObject part : job.backup().parts()) {
            String name = part.name().substring(0, part.name().indexOf('.'));
            if (name.equals("base")) {
                bytes += unpack(part, data);
            }
        }
        demandVersion();
        for (StoredObject part : job.backup().parts()) {
            String name = part.name().substring(0, part.name().indexOf('.'));
            if (name.equals("pg_wal")) {
                bytes += unpack(part, Files.createDirectories(data.resolve("pg_wal")));
            } else if (!name.equals("base")) {
                Path folder = tablespace(name);
                bytes += unpack(part, folder);
                job.scratch().handOver(folder);
            }
        }
        notes.observe("bytes unpacked", bytes);
        new ManifestCheck(job, data).demandSame(manifest, notes);
        job.scratch().handOver(data);
        verifyWithTool();
        // The links are made; the map would lead them back to where they lay in production.
        Files.deleteIfExists(data.resolve("tablespace_map"));
        restored = Optional.of(manifest);
    }

    private BackupManifest read() throws IOException, BadBackup {
        try {
            BackupManifest manifest = BackupManifest.read(Files.readAllBytes(job.file()));
            notes.fact("log of the backup", manifest.start() + " to " + manifest.end());
            return manifest;
        } catch (BadManifest e) {
            throw job.bad(e.what());
        }
    }

    private long unpack(StoredObject part, Path folder) throws IOException, BadBackup, InterruptedException {
        Path file = job.file().resolveSibling(part.name());
        try {
            Landing landing = TarFile.unpack(job.of(part, file), folder);
            Files.delete(file);
            return landing.bytes();
        } catch (Damaged e) {
            throw job.of(part, file).bad(String.valueOf(e.getMessage()));
        }
    }

    /** A folder in the scratch for a tablespace, in place of the one that production has on a disk of its own. */
    private Path tablespace(String oid) throws IOException {
        Path folder = job.scratch().folder("tablespace-" + oid);
        Path links = Files.createDirectories(data.resolve("pg_tblspc"));
        Files.deleteIfExists(links.resolve(oid));
        Files.createSymbolicLink(links.resolve(oid), folder);
        return folder;
    }

    private void demandVersion() throws IOException, BadBackup {
        Path file = data.resolve("PG_VERSION");
        if (!Files.isRegularFile(file)) {
            throw job.bad("The backup holds no PG_VERSION, so it is no server's data folder");
        }
        String version = Files.readString(file).strip();
        notes.fact("from PostgreSQL", version);
        if (!version.equals(String.valueOf(job.postgres()))) {
            throw job.cannot(
                    "The backup is from a PostgreSQL " + version + " server, and the scratch's would be "
                            + job.postgres() + ", which cannot read its files",
                    "Set scratch.postgres to " + version + " in the runbook, or run with --set scratch.postgres="
                            + version + ".");
        }
    }

    /** PostgreSQL's own opinion, where its program is installed. */
    private void verifyWithTool() throws BadBackup, InterruptedException {
        Optional<Path> program = job.scratch().client("pg_verifybackup", job.postgres());
        if (program.isEmpty()) {
            notes.observe("pg_verifybackup", "not installed; Muster compared the files with the manifest itself");
            return;
        }
        Finished finished = job.scratch()
                .run(new Program(
                        List.of(
                                program.get().toString(),
                                "--no-parse-wal",
                                "--quiet",
                                "--manifest-path=" + job.file(),
                                data.toString()),
                        Map.of(),
                        line -> {}));
        if (!finished.succeeded()) {
            throw job.bad("pg_verifybackup finds fault: "
                    + finished.lastLines().stream().findFirst().orElse("exit code " + finished.exit()));
        }
        notes.observe("pg_verifybackup", "backup verified");
    }
}
