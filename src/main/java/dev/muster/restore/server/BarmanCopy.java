package dev.muster.restore.server;

import dev.muster.backup.barman.BackupInfo;
import dev.muster.backup.barman.DataTar;
import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.drill.BadBackup;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A backup by Barman's cloud tools: its tars put back into the folder of a server. */
public final class BarmanCopy implements ServerCopy {
    private final Job job;
    private final Notes notes;
    private final ServerFolder folder;

    public BarmanCopy(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
        this.folder = new ServerFolder(job, notes);
    }

    @Override
    public LogRange restore() throws IOException, BadBackup, InterruptedException {
        BackupInfo info = read();
        LogRange log = log(info);
        Map<String, List<StoredObject>> tars = tars();
        for (StoredObject tar : tars.getOrDefault(DataTar.DATA, List.of())) {
            folder.unpack(tar, folder.data());
        }
        folder.demandVersion();
        folder.demandRecoverable();
        demandSameServer(info);
        for (String oid : info.tablespaces()) {
            Path tablespace = folder.tablespace(oid);
            for (StoredObject tar : tars.getOrDefault(oid, List.of())) {
                folder.unpack(tar, tablespace);
            }
            job.scratch().handOver(tablespace);
        }
        folder.completeFolders();
        notes.observe("bytes unpacked", folder.unpacked());
        if (!folder.links().isEmpty()) {
            notes.observe("links left out", String.join(", ", folder.links()));
        }
        notes.observe(
                "digests made with the backup",
                "none: Barman keeps no digests of files, so only the tars' own form and compression vouch for them");
        job.scratch().handOver(folder.data());
        folder.forgetOldPlaces();
        return log;
    }

    private BackupInfo read() throws IOException, BadBackup {
        try {
            BackupInfo info = BackupInfo.read(Files.readAllBytes(job.file()));
            info.name().ifPresent(name -> notes.fact("name of the backup", name));
            return info;
        } catch (BadManifest e) {
            throw job.bad(e.what());
        }
    }

    private LogRange log(BackupInfo info) throws BadBackup {
        try {
            LogRange log = info.log(job.backup().source().zone());
            notes.fact("log of the backup", log.start() + " to " + log.end());
            return log;
        } catch (BadManifest e) {
            throw job.bad(e.what());
        }
    }

    /** The tars by what they hold, each in the order in which it was written. */
    private Map<String, List<StoredObject>> tars() {
        return job.backup().parts().stream()
                .filter(part -> DataTar.of(part).isPresent())
                .sorted(Comparator.comparing(BarmanCopy::number))
                .collect(Collectors.groupingBy(
                        part -> DataTar.of(part).orElseThrow().stem(), TreeMap::new, Collectors.toList()));
    }

    private static int number(StoredObject part) {
        return DataTar.of(part).orElseThrow().number();
    }

    private void demandSameServer(BackupInfo info) throws IOException, BadBackup {
        String found = folder.system();
        if (info.system().filter(system -> !system.equals(found)).isPresent()) {
            throw job.bad("The files are of another server than " + BackupInfo.NAME + " describes: their identifier is "
                    + found + " and not " + info.system().orElse(""));
        }
    }
}
