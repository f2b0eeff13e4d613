package dev.muster.backup.pgbackrest;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.drill.Backup;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** As much of a repository as one backup needs, in a folder. */
public final class FetchedRepository {
    private final Backup backup;
    private final Repository repository;
    private final PgBackRestLayout layout;

    /** @param key what opens the repository, if it is encrypted */
    public FetchedRepository(Backup backup, Path folder, Optional<Secret> key) {
        List<StoredObject> objects = new ArrayList<>(List.of(backup.object()));
        objects.addAll(backup.parts());
        Opened opened = new InFolder(backup, folder, key);
        this.backup = backup;
        this.repository = new Repository(backup.source(), objects, opened);
        this.layout = new PgBackRestLayout(repository);
    }

    /** The backup's name in the repository. */
    public String label() {
        return layout.name(backup.object());
    }

    public Manifest manifest() throws BadInfo, InterruptedException {
        try {
            return repository.manifest(label(), repository.backupInfo());
        } catch (Unreadable e) {
            throw new BadInfo(e.how(), e);
        }
    }

    public LogRange log() throws BadInfo, InterruptedException {
        try {
            return layout.log(backup.object()).orElseThrow();
        } catch (Unreadable e) {
            throw new BadInfo(e.how(), e);
        }
    }

    public LogSeal logSeal() throws BadInfo, InterruptedException {
        try {
            return layout.logSeal();
        } catch (Unreadable e) {
            throw new BadInfo(e.how(), e);
        }
    }

    /** The object at a place that a manifest names. */
    public Optional<StoredObject> object(Manifest.Stretch stretch) {
        return repository.backup(stretch.object());
    }

    /** Reads fetched objects as if they were still in their vault. */
    private record InFolder(Backup backup, Path folder, Optional<Secret> key) implements Opened {
        @Override
        public Probe probe(StoredObject listed) {
            return new FetchedObject(folder.resolve(backup.place(listed)), listed.size());
        }

        @Override
        public Secret secret(String reference) {
            return key.orElseThrow();
        }
    }

    private record FetchedObject(Path file, long size) implements Probe {
        @Override
        public byte[] read(long from, int length) throws Unreadable {
            try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
                byte[] bytes = new byte[(int) Math.min(length, size - from)];
                content.seek(from);
                content.readFully(bytes);
                return bytes;
            } catch (IOException e) {
                throw new Unreadable("cannot be read in the scratch: " + e.getMessage(), e);
            }
        }
    }
}
