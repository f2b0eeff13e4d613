package dev.muster.backup.format;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.brotli.dec.BrotliInputStream;

/** How a backup's bytes are compressed: found out from the bytes themselves, where their format lets itself be known. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    LZ4,
    BZIP2,
    XZ,
    /** In frames, as a stream. */
    SNAPPY,
    /** Nothing in its bytes tells that they are; the name of their object does. */
    BROTLI;

    /** So many first bytes tell which it is. */
    public static final int MAGIC = 10;

    private static final int BUFFER = 64 * 1024;
    private static final int LZ4_FLAGS = 4;
    private static final int LZ4_INDEPENDENT = 0x20;
    /** A few compressed bytes may stand for any amount; a beginning is never worth more than this. */
    private static final int BEGINNING = 256 * 1024;
    /** What the highest level of xz takes to be read. */
    private static final int MOST_KIBIBYTES = 96 * 1024;

    /** The compression of what begins with these bytes. */
    public static Compression of(byte[] head) {
        if (Bytes.startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (Bytes.startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        if (Bytes.startsWith(head, 0x04, 0x22, 0x4d, 0x18)) {
            return LZ4;
        }
        if (Bytes.startsWith(head, 'B', 'Z', 'h') && head.length > 3 && head[3] >= '1' && head[3] <= '9') {
            return BZIP2;
        }
        if (Bytes.startsWith(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        return Bytes.startsWith(head, 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y') ? SNAPPY : NONE;
    }

    /** The compression of an object of this name that begins with these bytes. */
    public static Compression of(String name, byte[] head) {
        return name.endsWith(".br") ? BROTLI : of(head);
    }

    /** Reads what was compressed. */
    public InputStream open(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GZIPInputStream(compressed, BUFFER);
            case ZSTD -> new ZstdInputStream(compressed);
            case LZ4 -> lz4(compressed);
            case BZIP2 -> new BZip2CompressorInputStream(compressed, true);
            case XZ ->
                XZCompressorInputStream.builder()
                        .setInputStream(compressed)
                        .setDecompressConcatenated(true)
                        .setMemoryLimitKiB(MOST_KIBIBYTES)
                        .get();
            case SNAPPY -> new FramedSnappyCompressorInputStream(compressed);
            case BROTLI -> new BrotliInputStream(compressed, BUFFER);
        };
    }

    /** The fast reader knows only blocks that stand each for itself, and PostgreSQL writes others. */
    private static InputStream lz4(InputStream compressed) throws IOException {
        PushbackInputStream input = new PushbackInputStream(compressed, LZ4_FLAGS + 1);
        byte[] head = input.readNBytes(LZ4_FLAGS + 1);
        input.unread(head);
        boolean eachForItself = head.length <= LZ4_FLAGS || (head[LZ4_FLAGS] & LZ4_INDEPENDENT) != 0;
        return eachForItself ? new LZ4FrameInputStream(input) : new Lz4Frames(input);
    }

    /** As much of the content's beginning as these first bytes of a longer stream hold. */
    public byte[] beginning(byte[] head) {
        if (this == NONE) {
            return head;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try (InputStream input = open(new ByteArrayInputStream(head))) {
            if (input instanceof ZstdInputStream zstd) {
                zstd.setContinuous(true);
            }
            int count;
            while (content.size() < BEGINNING && (count = input.read(buffer)) > 0) {
                content.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // The bytes end in the middle of the stream, or it is broken: what came out before is all there is.
            return content.toByteArray();
        }
        return content.toByteArray();
    }
}
