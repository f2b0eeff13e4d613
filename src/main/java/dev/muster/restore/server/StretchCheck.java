package dev.muster.restore.server;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.pgbackrest.FetchedRepository;
import dev.muster.backup.pgbackrest.Manifest;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Compares the stretches of a fetched repository with the digests in the backup's manifest. pgBackRest finds the same
 * faults while it restores, but where data cannot be decompressed it does not say in which object.
 */
final class StretchCheck {
    private static final int BUFFER = 1 << 16;

    private final Job job;
    private final FetchedRepository repository;
    private final byte[] buffer = new byte[BUFFER];

    StretchCheck(Job job, FetchedRepository repository) {
        this.job = job;
        this.repository = repository;
    }

    void demandSame(Manifest manifest, Notes notes) throws IOException, BadBackup, InterruptedException {
        List<Manifest.Stretch> known = manifest.files().stream()
                .filter(stretch -> !stretch.sha1().isEmpty())
                .sorted(Comparator.comparing(Manifest.Stretch::object).thenComparing(Manifest.Stretch::from))
                .toList();
        int done = 0;
        for (Manifest.Stretch stretch : known) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            demandSame(stretch);
            job.progress()
                    .advances("verify " + job.backup().asset().label(), ++done, known.size(), Progress.Unit.ITEMS);
        }
        notes.observe("files in the manifest", manifest.files().size());
        notes.observe("files with the digest in the manifest", known.size());
    }

    private void demandSame(Manifest.Stretch stretch) throws IOException, BadBackup {
        Optional<StoredObject> object = repository.object(stretch);
        if (object.isEmpty()) {
            throw job.bad(
                    "The object " + stretch.object() + " of the repository is missing, which holds " + stretch.file());
        }
        Job part = job.of(object.get());
        String found;
        try (RandomAccessFile content = new RandomAccessFile(part.file().toFile(), "r")) {
            found = digest(content, stretch);
        } catch (EOFException e) {
            throw part.bad("The object is cut short before the end of " + stretch.file() + " in it");
        }
        if (!found.equals(stretch.sha1())) {
            throw part.bad(
                    "The file " + stretch.file() + " is not the one that was backed up: the SHA-1 of its bytes in the"
                            + " repository is " + found + ", " + stretch.sha1() + " in the manifest");
        }
    }

    private String digest(RandomAccessFile content, Manifest.Stretch stretch) throws IOException {
        MessageDigest digest = Algorithm.SHA1.start();
        content.seek(stretch.from());
        long left = stretch.length();
        while (left > 0) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            digest.update(buffer, 0, count);
            left -= count;
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
