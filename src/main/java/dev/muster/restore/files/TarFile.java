package dev.muster.restore.files;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.PackedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Files in a tar, compressed or not. */
public final class TarFile {
    private static final int BLOCK = 512;

    private TarFile() {}

    /** Unpacks the tar to its very end. */
    public static Landing unpack(Job job, Path folder) throws IOException, BadBackup, InterruptedException {
        return unpack(job, (packed, size) -> new Landing(job, folder, packed, size));
    }

    /** Reads the tar to its very end and gives its entries to what is made for them. */
    public static <A extends Arrivals> A unpack(Job job, Arrivals.Maker<A> maker)
            throws IOException, BadBackup, InterruptedException {
        try (PackedStream stream = PackedStream.open(job.file())) {
            A landing = maker.make(stream::position, stream.size());
            Tail tail = new Tail(stream);
            long end = 0;
            try (TarArchiveInputStream tar = new TarArchiveInputStream(tail)) {
                TarArchiveEntry entry;
                while ((entry = next(tar)) != null) {
                    land(job, landing, tar, entry);
                    end = tail.read;
                }
                tail.drain();
            }
            if (!tail.endsEmpty() || tail.read < end + 2 * BLOCK) {
                throw job.bad("The tar is cut short at byte " + stream.position()
                        + ": the empty blocks that end every tar are missing");
            }
            return landing;
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new Damaged("The tar is damaged: " + e.getMessage(), e);
        } catch (Damaged e) {
            throw e;
        } catch (IOException e) {
            throw decoded(e);
        }
    }

    private static void land(Job job, Arrivals landing, TarArchiveInputStream tar, TarArchiveEntry entry)
            throws IOException, BadBackup, InterruptedException {
        String name = entry.getName();
        if (entry.isDirectory()) {
            landing.folder(name);
        } else if (entry.isSymbolicLink()) {
            landing.link(name, entry.getLinkName());
        } else if (entry.isLink()) {
            landing.hardLink(name, entry.getLinkName());
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            throw job.bad("The entry " + name + " is a device or a pipe, which no backup of files needs");
        } else if (!entry.isFile() && !entry.isSparse()) {
            throw job.bad("The entry " + name + " is of a kind that Muster does not know (type "
                    + (char) entry.getLinkFlag() + ")");
        } else {
            landing.file(
                    name,
                    entry.getRealSize(),
                    Optional.ofNullable(entry.getLastModifiedTime()).map(time -> time.toInstant()),
                    new Decoded(tar));
        }
    }

    private static IOException decoded(IOException e) {
        return e instanceof Damaged ? e : new Damaged("The tar is damaged or cut short: " + e.getMessage(), e);
    }

    /** What goes wrong while an entry is read is the tar's fault. */
    private static final class Decoded extends InputStream {
        private final TarArchiveInputStream tar;

        Decoded(TarArchiveInputStream tar) {
            this.tar = tar;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return tar.read(bytes, offset, length);
            } catch (IOException e) {
                throw decoded(e);
            }
        }
    }

    /** Remembers whether the last two blocks were empty, as they are at a tar's end. */
    private static final class Tail extends InputStream {
        private final InputStream in;
        private long read;
        private long empty;

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                read += count;
                int zeros = 0;
                while (zeros < count && bytes[offset + count - 1 - zeros] == 0) {
                    zeros++;
                }
                empty = zeros == count ? empty + count : zeros;
            }
            return count;
        }

        /** Reads on to the end, where a decompressor checks its trailer. */
        void drain() throws IOException {
            byte[] rest = new byte[1 << 14];
            int count = 0;
            while (count >= 0) {
                count = read(rest, 0, rest.length);
            }
        }

        boolean endsEmpty() {
            return empty >= 2 * BLOCK;
        }
    }
}
