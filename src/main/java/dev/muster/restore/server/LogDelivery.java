package dev.muster.restore.server;

import dev.muster.backup.Vaults;
import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.log.LogArchive;
import dev.muster.backup.log.LogSeal;
import dev.muster.backup.log.Lsn;
import dev.muster.backup.log.Segment;
import dev.muster.backup.log.SegmentContent;
import dev.muster.backup.log.SegmentHeader;
import dev.muster.drill.BadBackup;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.PackedStream;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the files of an archived log one by one: fetched, decrypted, decompressed, and looked at before anyone gets them. */
final class LogDelivery {
    private static final int SEGMENT_NAME = 24;
    private static final String HISTORY = ".history";
    private static final long LARGEST_HISTORY = 1 << 20;

    private final Job job;
    private final RecoveryLog log;
    private final LogSeal seal;
    private final Vaults vaults;
    private final long system;
    private final Path incoming;
    /** The objects that hold digests, by the key of what they are about: an object, or all in a folder. */
    private final Map<String, List<StoredObject>> digests = new HashMap<>();

    private volatile Optional<Lsn> lastRecord = Optional.empty();

    /** @param system the identifier of the server whose log it must be */
    LogDelivery(Job job, RecoveryLog log, LogSeal seal, Vaults vaults, long system) {
        this.job = job;
        this.log = log;
        this.seal = seal;
        this.vaults = vaults;
        this.system = system;
        this.incoming = job.scratch().folder("log-incoming");
        log.digests()
                .forEach(holder -> digests.computeIfAbsent(about(holder), key -> new ArrayList<>())
                        .add(holder));
    }

    /** The archive's name for an object, without what tells its compression. */
    static String name(StoredObject object) {
        String name = object.name();
        return name.contains(HISTORY)
                ? name.substring(0, name.indexOf(HISTORY) + HISTORY.length())
                : name.substring(0, Math.min(SEGMENT_NAME, name.length()));
    }

    /** Where the last record of the whole log begins; absent while the last segment was not brought. */
    Optional<Lsn> lastRecord() {
        return lastRecord;
    }

    /** Brings a file to its target, where nothing is to be seen of it before it is whole and sound. */
    List<ObjectRead> bring(StoredObject listed, Path target) throws BadBackup, InterruptedException {
        String name = name(listed);
        Path folder = incoming.resolve("fetched-" + listed.name());
        Job part = job.of(listed, folder.resolve(listed.name()));
        try {
            Files.createDirectories(folder);
            List<StoredObject> holders = new ArrayList<>(digests.getOrDefault(listed.key(), List.of()));
            holders.addAll(digests.getOrDefault(listed.folder(), List.of()));
            List<ObjectRead> read = vaults.fetchOne(part.backup(), holders, folder);
            Path unpacked = folder.resolve("unpacked");
            unpack(
                    opened(name, part, folder),
                    name.length() == SEGMENT_NAME ? log.segmentSize() : LARGEST_HISTORY,
                    unpacked);
            if (name.length() == SEGMENT_NAME) {
                demandSound(name, unpacked, part);
            }
            demandSameDigest(name, unpacked, part);
            job.scratch().handOver(unpacked);
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
            empty(folder);
            return read;
        } catch (Damaged e) {
            throw part.bad(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Room(part).failed(e);
        }
    }

    private static String about(StoredObject holder) {
        return Algorithm.ofList(holder.name()).isPresent()
                ? holder.folder()
                : holder.key().substring(0, holder.key().lastIndexOf('.'));
    }

    private static void unpack(Path packed, long most, Path unpacked) throws IOException {
        try (InputStream in = PackedStream.open(packed);
                OutputStream out = Files.newOutputStream(unpacked)) {
            byte[] buffer = new byte[1 << 16];
            long written = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                written += count;
                if (written > most) {
                    throw new Damaged("The file holds more than the " + most + " bytes that it can have");
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private Path opened(String name, Job part, Path folder) throws IOException {
        if (seal == LogSeal.NONE) {
            return part.file();
        }
        Path opened = folder.resolve("opened");
        try (InputStream in = seal.open(Files.newInputStream(part.file()));
                OutputStream out = Files.newOutputStream(opened)) {
            in.transferTo(out);
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw new Damaged(
                        "The file " + name + " of the log is cut short or damaged: it cannot be decrypted", e);
            }
            throw e;
        }
        return opened;
    }

    private static void demandSameDigest(String name, Path file, Job part) throws IOException, BadBackup {
        Optional<String> declared = LogArchive.sha1(part.backup().object());
        if (declared.isEmpty()) {
            return;
        }
        MessageDigest digest = Algorithm.SHA1.start();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(declared.get())) {
            throw part.bad("The segment " + name + " of the log is corrupt: its SHA-1 is " + found
                    + ", which is not the one in its name");
        }
    }

    private void demandSound(String name, Path file, Job part) throws IOException, BadBackup {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(SegmentHeader.BYTES);
        }
        SegmentHeader header = SegmentHeader.read(head)
                .orElseThrow(() -> part.bad("The segment " + name + " of the log is corrupt: it has no header"));
        if (Files.size(file) != header.size()) {
            throw part.bad("The segment " + name + " of the log is cut short: " + Files.size(file) + " of "
                    + header.size() + " bytes");
        }
        if (header.system() != system) {
            throw part.bad("The segment " + name + " of the log is from another server than the backup");
        }
        if (!header.start().equals(Segment.named(name, header.size()).start())) {
            throw part.bad(
                    "The segment " + name + " of the log is corrupt: it says that it begins at " + header.start());
        }
        if (part.backup().object().equals(log.segments().get(log.segments().size() - 1))) {
            lastRecord = SegmentContent.lastRecord(file, Segment.named(name, header.size()));
        }
    }
}
