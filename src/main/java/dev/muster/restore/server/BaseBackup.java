package dev.muster.restore.server;

import dev.muster.backup.format.BackupManifest;
import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.drill.BadBackup;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A base backup: its tars put back into the folder of a server, and compared with its manifest. */
public final class BaseBackup implements ServerCopy {
    private final Job job;
    private final Notes notes;
    private final ServerFolder folder;

    public BaseBackup(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
        this.folder = new ServerFolder(job, notes);
    }

    @Override
    public LogRange restore() throws IOException, BadBackup, InterruptedException {
        BackupManifest manifest = read();
        for (StoredObject part : job.backup().parts()) {
            if (tar(part).equals("base")) {
                folder.unpack(part, folder.data());
            }
        }
        folder.demandVersion();
        for (StoredObject part : job.backup().parts()) {
            if (tar(part).equals("pg_wal")) {
                folder.unpack(part, Files.createDirectories(folder.data().resolve("pg_wal")));
            } else if (!tar(part).equals("base")) {
                Path tablespace = folder.tablespace(tar(part));
                folder.unpack(part, tablespace);
                job.scratch().handOver(tablespace);
            }
        }
        notes.observe("bytes unpacked", folder.unpacked());
        new ManifestCheck(job, folder.data()).demandSame(manifest, notes);
        job.scratch().handOver(folder.data());
        verifyWithTool();
        folder.forgetOldPlaces();
        return manifest.log();
    }

    private static String tar(StoredObject part) {
        return part.name().substring(0, part.name().indexOf('.'));
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
                                folder.data().toString()),
                        Map.of(),
                        line -> {}));
        if (!finished.succeeded()) {
            throw job.bad("pg_verifybackup finds fault: "
                    + finished.lastLines().stream().findFirst().orElse("exit code " + finished.exit()));
        }
        notes.observe("pg_verifybackup", "backup verified");
    }
}
