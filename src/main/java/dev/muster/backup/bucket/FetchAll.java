package dev.muster.backup.bucket;

import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Brings all objects of a backup into one folder, several at once. */
public final class FetchAll {
    private static final int AT_ONCE = 8;
    /** What consists of so many objects that nothing can be looked for beside each of them. */
    private static final Set<BackupFormat> MANY =
            Set.of(BackupFormat.OBJECTS, BackupFormat.RESTIC, BackupFormat.PGBACKREST);

    private final Vault vault;
    private final Workers workers;
    private final Backup backup;
    private final Progress progress;
    private final AtomicLong done = new AtomicLong();

    public FetchAll(Vault vault, Workers workers, Backup backup, Progress progress) {
        this.vault = vault;
        this.workers = workers;
        this.backup = backup;
        this.progress = progress;
    }

    /** The object that the backup is known by comes first, and each is followed by what was read beside it. */
    public List<ObjectRead> into(Path folder) throws BadBackup, InterruptedException {
        if (MANY.contains(backup.source().format())) {
            return new FetchMany(vault, workers, backup, folder, progress).fetch();
        }
        if (backup.parts().isEmpty()) {
            return new Fetch(vault, workers, backup, progress).into(place(folder, backup.object()));
        }
        ExecutorService fetchers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<List<ObjectRead>>> coming = new ArrayList<>();
            coming.add(fetchers.submit(() -> fetch(backup.object(), folder)));
            backup.parts().forEach(part -> coming.add(fetchers.submit(() -> fetch(part, folder))));
            List<ObjectRead> read = new ArrayList<>();
            for (Future<List<ObjectRead>> one : coming) {
                read.addAll(one.get());
            }
            return read;
        } catch (ExecutionException e) {
            throw ended(e);
        } finally {
            fetchers.shutdownNow();
        }
    }

    private List<ObjectRead> fetch(StoredObject one, Path folder) throws BadBackup, InterruptedException {
        Path file = place(folder, one);
        List<ObjectRead> read = new Fetch(vault, workers, backup.part(one), Progress.SILENT).into(file);
        progress.advances(
                "fetching " + backup.asset().label(), done.addAndGet(one.size()), backup.bytes(), Progress.Unit.BYTES);
        return read;
    }

    private Path place(Path folder, StoredObject one) throws BadBackup {
        Path file = place(backup, folder, one);
        makeFolder(Optional.ofNullable(file.getParent()).orElse(folder));
        return file;
    }

    /** Where an object comes to lie; keys are whatever somebody named an object. */
    static Path place(Backup backup, Path folder, StoredObject one) throws BadBackup {
        Path file = folder.resolve(backup.place(one)).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new BadBackup(new Problem(
                    "The key of an object of the backup leads out of the folder that it is fetched into",
                    one.address(),
                    "No backup job names an object this way: find out who put it there."));
        }
        return file;
    }

    static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CouldNotRun(
                    new Problem(
                            "A folder for a fetched object cannot be made: " + e.getMessage(),
                            folder.toString(),
                            "See to the disk that holds this folder, then run the same command again."),
                    e);
        }
    }

    private static RuntimeException ended(ExecutionException e) throws BadBackup, InterruptedException {
        if (e.getCause() instanceof BadBackup bad) {
            throw bad;
        }
        if (e.getCause() instanceof InterruptedException stopped) {
            throw stopped;
        }
        return e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
    }
}
