package dev.muster.restore.work;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.muster.backup.format.Compression;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A file's content without its compression, with an eye on how much of the file has been read. */
public final class PackedStream extends InputStream {
    private static final int BUFFER = 1 << 16;

    /** How the libraries say that there is no more, though there should be. */
    private static final List<String> ENDED_EARLY = List.of(
            "Stream ended prematurely", "Unexpected end of ", "Premature end of ", "No more input", "Read after end");

    private final Counting file;
    private final InputStream content;
    private final long size;
    private final Compression compression;

    private PackedStream(Counting file, InputStream content, long size, Compression compression) {
        this.file = file;
        this.content = content;
        this.size = size;
        this.compression = compression;
    }

    public static PackedStream open(Path path) throws IOException {
        Compression compression = of(path);
        Counting file = new Counting(Files.newInputStream(path));
        InputStream buffered = new BufferedInputStream(file, BUFFER);
        try {
            InputStream content = buffered;
            if (compression == Compression.GZIP) {
                content = GzipCompressorInputStream.builder()
                        .setInputStream(buffered)
                        .setBufferSize(BUFFER)
                        // A compressed file may be several, one after the other; a part left out must not go unnoticed.
                        .setDecompressConcatenated(true)
                        .get();
            } else if (compression == Compression.ZSTD) {
                content = new ZstdInputStreamNoFinalizer(buffered);
            } else {
                content = compression.open(buffered);
            }
            return new PackedStream(file, content, Files.size(path), compression);
        } catch (MemoryLimitException e) {
            buffered.close();
            throw tooWide(e);
        } catch (IOException e) {
            buffered.close();
            throw new Damaged(
                    endedEarly(e)
                            ? cutShort(compression, Files.size(path))
                            : "The " + label(compression) + " data is damaged at its start: " + e.getMessage(),
                    e);
        }
    }

    /** How many bytes of the file have been read. */
    public long position() {
        return file.count;
    }

    /** The size of the file. */
    public long size() {
        return size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return content.read(bytes, offset, length);
        } catch (EOFException e) {
            throw new Damaged(cutShort(compression, size), e);
        } catch (ZstdIOException e) {
            if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
                throw new OutOfReach(
                        "The zstd data needs a window of more than 128 MiB to be read",
                        "Compress without --long, or with --long=27 at most.");
            }
            throw new Damaged(
                    String.valueOf(e.getMessage()).contains("Truncated") ? cutShort(compression, size) : damaged(e), e);
        } catch (MemoryLimitException e) {
            throw tooWide(e);
        } catch (IOException e) {
            if (compression == Compression.NONE) {
                throw e;
            }
            throw new Damaged(endedEarly(e) ? cutShort(compression, size) : damaged(e), e);
        }
    }

    private static boolean endedEarly(IOException e) {
        Throwable cause = e.getCause();
        String message = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
        return ENDED_EARLY.stream().anyMatch(message::startsWith);
    }

    private static OutOfReach tooWide(IOException e) {
        return new OutOfReach(
                "The xz data needs more memory than Muster gives it: " + e.getMessage(),
                "Compress with xz -9 at most, without a larger dictionary.");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static Compression of(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Compression.of(path.toString(), in.readNBytes(Compression.MAGIC));
        }
    }

    private static String label(Compression compression) {
        return compression.name().toLowerCase(Locale.ROOT);
    }

    private static String cutShort(Compression compression, long size) {
        return "The " + label(compression) + " data is cut short at byte " + size + ": its end is missing";
    }

    private String damaged(IOException e) {
        // The reader of brotli goes on for a while where its bytes end, and then finds other faults.
        String how = compression == Compression.BROTLI ? "damaged or cut short" : "damaged";
        return "The " + label(compression) + " data is " + how + " before byte " + position() + " of " + size + ": "
                + e.getMessage();
    }

    private static final class Counting extends InputStream {
        private final InputStream file;
        private long count;

        Counting(InputStream file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            int value = file.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = file.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
