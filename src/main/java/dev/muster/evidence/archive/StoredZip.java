package dev.muster.evidence.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes files as a ZIP whose every byte follows from their names and contents, whichever Java writes it. So a verifier
 * can write it again and demand the same bytes, those between the files included.
 */
public final class StoredZip {
    /** What fits into the sizes and positions of a plain ZIP. */
    public static final long MOST_BYTES = 0xFFFF_FFFEL;

    public static final int MOST_FILES = 0xFFFE;

    private static final int VERSION = 10;
    private static final int UNIX_AND_VERSION = 3 << 8 | VERSION;
    private static final int READABLE_FILE = 0100644;
    // The first day that ZIP can name.
    private static final int DATE = 1 << 5 | 1;

    private final OutputStream output;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private long written;
    private int entries;

    /** Writes as it goes; whoever opened the stream closes it. */
    public StoredZip(OutputStream output) {
        this.output = output;
    }

    public static byte[] of(Map<String, byte[]> contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoredZip zip = new StoredZip(bytes);
        try {
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                zip.add(file.getKey(), file.getValue());
            }
            zip.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written to", impossible);
        }
        return bytes.toByteArray();
    }

    public void add(String name, byte[] content) throws IOException {
        head(name, Measured.of(content));
        output.write(content);
    }

    /** Adds what was measured before; it must not have changed since. */
    public void add(String name, Measured measured, InputStream content) throws IOException {
        head(name, measured);
        Measured copied = Measured.whileCopied(content, output);
        if (!copied.equals(measured)) {
            throw new IOException(name + " changed while it was read");
        }
    }

    private void head(String name, Measured measured) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        int offset = (int) written;
        written += 30 + nameBytes.length + measured.size();
        entries++;
        if (written + directory.size() > MOST_BYTES || entries > MOST_FILES) {
            throw new IOException("a plain ZIP holds no more than 4 GiB and 65534 files");
        }
        output.write(record(30)
                .putInt(0x04034b50)
                .putShort((short) VERSION)
                .put(common(nameBytes, measured))
                .array());
        output.write(nameBytes);
        directory.writeBytes(record(46)
                .putInt(0x02014b50)
                .putShort((short) UNIX_AND_VERSION)
                .putShort((short) VERSION)
                .put(common(nameBytes, measured))
                .putInt(38, READABLE_FILE << 16)
                .putInt(42, offset)
                .array());
        directory.writeBytes(nameBytes);
    }

    /** What the header before a file and its entry in the directory have in common: flags to length of extra field. */
    private static byte[] common(byte[] name, Measured measured) {
        return record(24)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) DATE)
                .putInt((int) measured.crc())
                .putInt((int) measured.size())
                .putInt((int) measured.size())
                .putShort((short) name.length)
                .putShort((short) 0)
                .array();
    }

    public void finish() throws IOException {
        output.write(directory.toByteArray());
        output.write(record(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt((int) written)
                .array());
    }

    private static ByteBuffer record(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
