package dev.muster.restore.files;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** A ZIP on disk, each entry read against its own checksum. */
final class ZipFolder implements AutoCloseable {
    private static final int LONGEST_LINK = 4096;

    private final Job job;
    private final ZipFile zip;
    private long packed;

    private ZipFolder(Job job, ZipFile zip) {
        this.job = job;
        this.zip = zip;
    }

    static ZipFolder open(Job job) throws BadBackup {
        try {
            return new ZipFolder(job, ZipFile.builder().setPath(job.file()).get());
        } catch (IOException | IllegalArgumentException e) {
            throw job.bad(
                    "The ZIP has no readable directory at its end, so it is cut short or damaged: " + e.getMessage());
        }
    }

    /** The one entry of this name. */
    Optional<ZipArchiveEntry> entry(String name) throws BadBackup {
        List<ZipArchiveEntry> found = new ArrayList<>();
        zip.getEntries(name).forEach(found::add);
        if (found.size() > 1) {
            throw job.bad("The entry " + name + " is in the ZIP " + found.size() + " times");
        }
        return found.stream().findFirst();
    }

    /** An entry's content; what is read past its end has been compared with its checksum and size. */
    InputStream read(ZipArchiveEntry entry) throws IOException, BadBackup {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw job.cannot(
                    "The ZIP is encrypted (" + entry.getName() + ")", "Back up without a password on the ZIP itself.");
        }
        if (!zip.canReadEntryData(entry)) {
            throw job.cannot(
                    "The entry " + entry.getName() + " is compressed by a method that Muster does not read ("
                            + ZipMethod.getMethodByCode(entry.getMethod()) + ")",
                    "Write the ZIP with the usual deflate method.");
        }
        try {
            return new Verified(entry, zip.getInputStream(entry));
        } catch (IOException e) {
            throw damaged(entry, e);
        }
    }

    /** Unpacks the entries below a prefix. */
    Landing unpack(String prefix, Path folder) throws IOException, BadBackup, InterruptedException {
        Landing landing =
                new Landing(job, folder, () -> packed, job.backup().object().size());
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            if (!entry.getName().startsWith(prefix)) {
                continue;
            }
            String name = entry.getName().substring(prefix.length());
            packed += Math.max(0, entry.getCompressedSize());
            if (entry.isDirectory()) {
                landing.folder(name);
            } else if (entry.isUnixSymlink()) {
                try (InputStream content = read(entry)) {
                    landing.link(name, new String(content.readNBytes(LONGEST_LINK), StandardCharsets.UTF_8));
                }
            } else {
                try (InputStream content = read(entry)) {
                    landing.file(name, entry.getSize(), Optional.of(time(entry)), content);
                }
            }
        }
        return landing;
    }

    /** An entry's time; the customary field holds local time without a zone, in steps of two seconds. */
    Instant time(ZipArchiveEntry entry) {
        if (entry.getExtraField(X5455_ExtendedTimestamp.HEADER_ID) instanceof X5455_ExtendedTimestamp extended
                && extended.getModifyFileTime() != null) {
            return extended.getModifyFileTime().toInstant();
        }
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.getTime()), ZoneId.systemDefault());
        return local.atZone(job.backup().source().zone()).toInstant();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static Damaged damaged(ZipArchiveEntry entry, IOException e) {
        return new Damaged("The entry " + entry.getName() + " of the ZIP is damaged: " + e.getMessage(), e);
    }

    private static final class Verified extends InputStream {
        private final ZipArchiveEntry entry;
        private final InputStream content;
        private final CRC32 checksum = new CRC32();
        private long size;

        Verified(ZipArchiveEntry entry, InputStream content) {
            this.entry = entry;
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count;
            try {
                count = content.read(bytes, offset, length);
            } catch (IOException e) {
                throw damaged(entry, e);
            }
            if (count >= 0) {
                checksum.update(bytes, offset, count);
                size += count;
            } else if (checksum.getValue() != entry.getCrc()) {
                throw damaged(entry, new IOException("its checksum (CRC-32) does not match its content"));
            } else if (size != entry.getSize()) {
                throw damaged(entry, new IOException("it has " + size + " bytes and announces " + entry.getSize()));
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
