package dev.muster.backup.bucket;

import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Brings a backup of thousands of objects into one folder: each with a single question to the vault, many at once. */
public final class FetchMany {
    /** What is on its way at any time, in KiB, so that memory stays flat. */
    private static final int ON_THE_WAY = 32 * 1024;

    private static final int LARGEST_HOLDER = 8 * 1024 * 1024;

    private final Vault vault;
    private final Workers workers;
    private final Backup backup;
    private final Progress progress;
    private final Path folder;
    private final KnownDigests known;
    private final Semaphore memory = new Semaphore(ON_THE_WAY);
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Set<Path> folders = new HashSet<>();

    public FetchMany(Vault vault, Workers workers, Backup backup, Path folder, Progress progress) {
        this.vault = vault;
        this.workers = workers;
        this.backup = backup;
        this.folder = folder;
        this.progress = progress;
        this.known = new KnownDigests(backup);
    }

    /** What was read, in the order of the backup's objects. */
    public List<ObjectRead> fetch() throws BadBackup, InterruptedException {
        Room.demand(folder, backup.object().address(), backup.bytes());
        Map<StoredObject, ObjectRead> read = new HashMap<>();
        List<StoredObject> holders = backup.objects().stream()
                .filter(one -> KnownDigests.holdsDigests(one) && one.size() <= LARGEST_HOLDER)
                .toList();
        small(holders, read);
        for (StoredObject holder : holders) {
            known.read(holder, content(folder.resolve(backup.place(holder))));
        }
        small(
                backup.objects().stream()
                        .filter(one -> one.size() <= Etag.PART && !read.containsKey(one))
                        .toList(),
                read);
        for (StoredObject one : backup.objects()) {
            if (!read.containsKey(one)) {
                StoredChecksums stored = workers.run(() -> vault.checksums(one));
                read.put(
                        one,
                        new Fetch(vault, workers, backup.part(one), Progress.SILENT)
                                .into(place(one), known.of(one, stored))
                                .get(0));
                advance(one);
            }
        }
        List<ObjectRead> inOrder = new ArrayList<>();
        backup.objects()
                .forEach(one -> inOrder.add(Optional.ofNullable(read.get(one)).orElseThrow()));
        return inOrder;
    }

    private void small(List<StoredObject> objects, Map<StoredObject, ObjectRead> read)
            throws BadBackup, InterruptedException {
        Map<StoredObject, Future<Protection>> coming = new HashMap<>();
        try {
            for (StoredObject one : objects) {
                if (failed.get()) {
                    // The await below comes to the one that failed before it comes to any that was not asked for.
                    break;
                }
                // Folders are made here and not by the workers: one that comes late must not bring back a scratch that
                // is gone.
                Path file = place(one);
                int weight = (int) (one.size() >> 10) + 1;
                memory.acquire(weight);
                coming.put(one, workers.start(() -> {
                    boolean sound = false;
                    try {
                        Protection protection = bring(one, file);
                        sound = protection.different().isEmpty();
                        return protection;
                    } finally {
                        memory.release(weight);
                        failed.compareAndSet(false, !sound);
                    }
                }));
            }
            for (StoredObject one : objects) {
                Protection protection =
                        workers.await(Optional.ofNullable(coming.get(one)).orElseThrow());
                if (!protection.different().isEmpty()) {
                    throw new BadBackup(new OtherBytes(backup, one, vault.place(one.key())).problem(protection));
                }
                read.put(one, object(one, protection));
            }
        } catch (Unreadable e) {
            throw new CouldNotRun(Fetch.changed(vault.place(backup.object().key()), e.how()), e);
        } finally {
            coming.values().forEach(one -> one.cancel(true));
        }
    }

    private ObjectRead object(StoredObject one, Protection protection) {
        return new ObjectRead(
                backup.asset(), one, protection.sha256(), protection.bytes(), protection.sentences(), Optional.empty());
    }

    private Protection bring(StoredObject one, Path file) throws InterruptedException {
        Part part = whole(one);
        Protection protection = compare(one, part);
        if (!protection.different().isEmpty() && !protection.confirmedByVault()) {
            part = whole(one);
            protection = compare(one, part);
        }
        try {
            Files.write(file, part.bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            Room.demand(file, one.name(), one.size());
            throw new CouldNotRun(
                    new Problem(
                            "The object " + one.address() + " cannot be written to disk: " + e.getMessage(),
                            file.toString(),
                            "See to the disk that holds this file, then run the same command again."),
                    e);
        }
        advance(one);
        return protection;
    }

    private Part whole(StoredObject one) throws InterruptedException {
        try {
            return Part.whole(vault, one).read();
        } catch (Unreadable e) {
            throw new CouldNotRun(Fetch.changed(vault.place(one.key()), e.how()), e);
        }
    }

    private Protection compare(StoredObject one, Part part) {
        Digests digests = new Digests(one.etag(), one.size(), known.of(one, part.stored()));
        digests.update(part);
        return digests.result();
    }

    private void advance(StoredObject one) {
        progress.advances(
                "fetching " + backup.asset().label(), done.addAndGet(one.size()), backup.bytes(), Progress.Unit.BYTES);
    }

    private Path place(StoredObject one) throws BadBackup {
        Path file = FetchAll.place(backup, folder, one);
        Path above = Optional.ofNullable(file.getParent()).orElse(folder);
        if (folders.add(above)) {
            FetchAll.makeFolder(above);
        }
        return file;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CouldNotRun(
                    new Problem(
                            "A file that was just fetched cannot be read: " + e.getMessage(),
                            file.toString(),
                            "See to the disk that holds this file, then run the same command again."),
                    e);
        }
    }
}
