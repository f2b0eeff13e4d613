package dev.muster.restore.server;

import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.walg.BackupName;
import dev.muster.backup.walg.FileList;
import dev.muster.backup.walg.Sentinel;
import dev.muster.drill.BadBackup;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A backup by WAL-G: its tars put back into the folder of a server, after those of the backups that it builds on. */
public final class WalgCopy implements ServerCopy {
    private final Job job;
    private final Notes notes;
    private final ServerFolder folder;

    public WalgCopy(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
        this.folder = new ServerFolder(job, notes);
    }

    @Override
    public LogRange restore() throws IOException, BadBackup, InterruptedException {
        BackupName name = BackupName.of(job.backup().object()).orElseThrow();
        Sentinel sentinel = sentinel(name);
        LogRange log = sentinel.log(name, job.backup().claimed().at());
        notes.fact("log of the backup", log.start() + " to " + log.end());
        List<Link> chain = chain(name);
        notes.fact("backups that it is made of", chain.size());
        long bytes = 0;
        for (Link link : chain) {
            for (StoredObject tar : tars(link.name())) {
                if (!isLast(tar)) {
                    bytes += unpack(tar, link.list(), link.wanted());
                }
            }
        }
        FileList list = chain.get(chain.size() - 1).list();
        // As WAL-G does it: with these in place a server could start, which it must not on half of its files.
        for (StoredObject tar : tars(name)) {
            if (isLast(tar)) {
                bytes += unpack(tar, list, path -> true);
            }
        }
        folder.demandVersion();
        folder.demandRecoverable();
        for (String oid : sentinel.tablespaces()) {
            demandTablespace(oid);
            job.scratch().handOver(folder.tablespace(oid));
        }
        demandAllThere(list);
        folder.completeFolders();
        notes.observe("bytes unpacked", bytes);
        notes.observe(
                "digests made with the backup",
                "none: WAL-G keeps no digests of files, so only the tars' own form and compression vouch for them");
        job.scratch().handOver(folder.data());
        folder.forgetOldPlaces();
        return log;
    }

    /** One backup, how it keeps its files, and which of them are taken from it. */
    private record Link(BackupName name, FileList list, Predicate<String> wanted) {}

    /** The backups to be unpacked, the one that holds everything first. */
    private List<Link> chain(BackupName newest) throws IOException, BadBackup {
        List<Link> chain = new ArrayList<>();
        Predicate<String> wanted = path -> true;
        Optional<BackupName> next = Optional.of(newest);
        while (next.isPresent()) {
            BackupName name = next.get();
            FileList list = list(name);
            Predicate<String> fromThis = wanted;
            chain.add(0, new Link(name, list, fromThis));
            if (!list.files().isEmpty()) {
                wanted = path -> fromThis.test(path)
                        && Optional.ofNullable(list.files().get(path))
                                .filter(FileList.Kept::needsEarlier)
                                .isPresent();
            }
            next = sentinel(name).from().map(BackupName::new);
        }
        return chain;
    }

    private long unpack(StoredObject tar, FileList list, Predicate<String> wanted)
            throws IOException, BadBackup, InterruptedException {
        Job one = job.of(tar);
        return folder.unpack(one, (packed, size) -> new WalgArrivals(one, folder, list, wanted, packed, size))
                .bytes();
    }

    private void demandTablespace(String oid) throws BadBackup {
        if (!oid.matches("\\d{1,10}")) {
            throw job.bad("The sentinel names a tablespace that no server has: " + oid);
        }
    }

    private void demandAllThere(FileList list) throws BadBackup {
        for (Map.Entry<String, FileList.Kept> file : list.files().entrySet()) {
            Path path = folder.data().resolve(file.getKey()).normalize();
            boolean there = folder.links().contains(file.getKey()) || Files.exists(path);
            if (!path.startsWith(folder.data()) || !there) {
                throw job.bad("The file " + file.getKey() + " of the backup's " + FileList.NAME + " is in none of its"
                        + " tars");
            }
            if (file.getValue().corruptPages() > 0) {
                throw job.bad(
                        "The file " + file.getKey() + " had " + file.getValue().corruptPages()
                                + " corrupt pages already when it was backed up, says the backup's " + FileList.NAME);
            }
        }
        notes.observe("files that had to be there", list.files().size());
    }

    private List<StoredObject> tars(BackupName name) {
        String below = job.backup().base() + name.file("tar_partitions/");
        return job.backup().parts().stream()
                .filter(part -> part.key().startsWith(below))
                .sorted(Comparator.comparing(StoredObject::key))
                .toList();
    }

    private static boolean isLast(StoredObject tar) {
        return tar.name().startsWith("pg_control.tar") || tar.name().startsWith("backup_label.tar");
    }

    private Sentinel sentinel(BackupName name) throws IOException, BadBackup {
        Path file = job.folder().resolve(name.sentinel());
        try {
            return Sentinel.read(Files.readAllBytes(file));
        } catch (BadManifest e) {
            throw job.bad(e.what(), address(name.sentinel()));
        }
    }

    private FileList list(BackupName name) throws IOException, BadBackup {
        Path file = job.folder().resolve(name.file(FileList.NAME));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return FileList.NONE;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return FileList.read(in);
        } catch (BadManifest e) {
            throw job.bad(e.what(), address(name.file(FileList.NAME)));
        }
    }

    private String address(String place) {
        return "s3://" + job.backup().object().bucket() + "/" + job.backup().base() + place;
    }
}
