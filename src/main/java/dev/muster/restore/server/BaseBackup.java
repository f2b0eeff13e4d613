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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A base backup: its tars put back into the folder of a server, and compared with its manifest. */
public final class BaseBackup implements ServerCopy {
    private final Job job;
    private final Notes notes;

    public BaseBackup(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
    }

    @Override
    public LogRange restore() throws IOException, BadBackup, InterruptedException {
        BackupManifest manifest = read(job);
        notes.fact("log of the backup", manifest.start() + " to " + manifest.end());
        List<StoredObject> earlier =
                job.backup().parts().stream().filter(BaseBackup::isManifest).toList();
        ServerFolder server = new ServerFolder(job, notes);
        if (earlier.isEmpty()) {
            restore(job.backup().object(), manifest, server);
        } else {
            combine(earlier, manifest, server);
        }
        job.scratch().handOver(server.data());
        server.forgetOldPlaces();
        return manifest.log();
    }

    /** Puts each backup of a chain back by itself, verified, and then their files together. */
    private void combine(List<StoredObject> earlier, BackupManifest manifest, ServerFolder server)
            throws IOException, BadBackup, InterruptedException {
        SortedMap<BackupManifest, StoredObject> chain = new TreeMap<>(Comparator.comparing(BackupManifest::start));
        chain.put(manifest, job.backup().object());
        for (StoredObject one : earlier) {
            chain.put(read(job.of(one)), one);
        }
        List<Path> folders = new ArrayList<>();
        for (Map.Entry<BackupManifest, StoredObject> link : chain.entrySet()) {
            String name = "link-" + folders.size();
            ServerFolder folder = new ServerFolder(job, notes, job.scratch().folder(name), name + "-tablespace-");
            restore(link.getValue(), link.getKey(), folder);
            folders.add(folder.data());
        }
        notes.observe(
                "chain of backups",
                chain.values().stream()
                        .map(one -> job.backup().place(one).replaceFirst("/?[^/]*$", ""))
                        .collect(Collectors.joining(", ")));
        new Combination(job, folders, server).combine();
    }

    private void restore(StoredObject backup, BackupManifest manifest, ServerFolder folder)
            throws IOException, BadBackup, InterruptedException {
        List<StoredObject> tars = job.backup().parts().stream()
                .filter(part -> part.folder().equals(backup.folder()) && !isManifest(part))
                .toList();
        for (StoredObject part : tars) {
            if (tar(part).equals("base")) {
                folder.unpack(part, folder.data());
            }
        }
        folder.demandVersion();
        for (StoredObject part : tars) {
            if (tar(part).equals("pg_wal")) {
                folder.unpack(part, Files.createDirectories(folder.data().resolve("pg_wal")));
            } else if (!tar(part).equals("base")) {
                Path tablespace = folder.tablespace(tar(part));
                folder.unpack(part, tablespace);
                job.scratch().handOver(tablespace);
            }
        }
        notes.observe("bytes unpacked", folder.unpacked());
        new ManifestCheck(job.of(backup), folder.data()).demandSame(manifest, notes);
        job.scratch().handOver(folder.data());
        verifyWithTool(job.of(backup), folder.data());
    }

    private static boolean isManifest(StoredObject part) {
        return part.name().equals(BackupManifest.NAME);
    }

    private static String tar(StoredObject part) {
        return part.name().substring(0, part.name().indexOf('.'));
    }

    private static BackupManifest read(Job manifest) throws IOException, BadBackup {
        try {
            return BackupManifest.read(Files.readAllBytes(manifest.file()));
        } catch (BadManifest e) {
            throw manifest.bad(e.what());
        }
    }

    /** PostgreSQL's own opinion, where its program is installed. */
    private void verifyWithTool(Job backup, Path data) throws BadBackup, InterruptedException {
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
                                "--manifest-path=" + backup.file(),
                                data.toString()),
                        Map.of(),
                        line -> {}));
        if (!finished.succeeded()) {
            throw backup.bad("pg_verifybackup finds fault: "
                    + finished.lastLines().stream().findFirst().orElse("exit code " + finished.exit()));
        }
        notes.observe("pg_verifybackup", "backup verified");
    }
}
