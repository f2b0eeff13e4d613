package dev.muster.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes files as a ZIP whose every byte follows from their names and contents, whichever Java writes it. So a verifier
 * can write it again and demand the same bytes, those between the files included.
 */
final class StoredZip {
    private static final int VERSION = 10;
    private static final int UNIX_AND_VERSION = 3 << 8 | VERSION;
    private static final int READABLE_FILE = 0100644;
    // The first day that ZIP can name.
    private static final int DATE = 1 << 5 | 1;

    private final ByteArrayOutputStream files = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    private StoredZip() {}

    static byte[] of(Map<String, byte[]> contents) {
        StoredZip zip = new StoredZip();
        contents.forEach(zip::add);
        return zip.finished();
    }

    private void add(String name, byte[] content) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        int offset = files.size();
        files.writeBytes(record(30)
                .putInt(0x04034b50)
                .putShort((short) VERSION)
                .put(common(nameBytes, content))
                .array());
        files.writeBytes(nameBytes);
        files.writeBytes(content);
        directory.writeBytes(record(46)
                .putInt(0x02014b50)
                .putShort((short) UNIX_AND_VERSION)
                .putShort((short) VERSION)
                .put(common(nameBytes, content))
                .putInt(38, READABLE_FILE << 16)
                .putInt(42, offset)
                .array());
        directory.writeBytes(nameBytes);
        entries++;
    }

    /** What the header before a file and its entry in the directory have in common: flags to length of extra field. */
    private static byte[] common(byte[] name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return record(24)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) DATE)
                .putInt((int) checksum.getValue())
                .putInt(content.length)
                .putInt(content.length)
                .putShort((short) name.length)
                .putShort((short) 0)
                .array();
    }

    private byte[] finished() {
        byte[] end = record(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt(files.size())
                .array();
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        zip.writeBytes(files.toByteArray());
        zip.writeBytes(directory.toByteArray());
        zip.writeBytes(end);
        return zip.toByteArray();
    }

    private static ByteBuffer record(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
