package dev.muster.evidence.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The list of files at the end of a ZIP, read as a stranger's: what it says must lie within the archive's own bytes. */
final class ArchiveDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LARGER_THAN_THIS_FORM = 0xffff;

    private final byte[] archive;
    private final ByteBuffer bytes;

    private ArchiveDirectory(byte[] archive) {
        this.archive = archive;
        this.bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    }

    static List<ArchivedFile> of(byte[] archive) throws ArchiveDamaged {
        return new ArchiveDirectory(archive).files();
    }

    private List<ArchivedFile> files() throws ArchiveDamaged {
        int end = end();
        int count = number(end + 10);
        if (count == LARGER_THAN_THIS_FORM) {
            throw new ArchiveDamaged("it has the form ZIP64, which no bundle needs");
        }
        long size = Integer.toUnsignedLong(bytes.getInt(end + 12));
        long start = Integer.toUnsignedLong(bytes.getInt(end + 16));
        if (start + size < end) {
            throw new ArchiveDamaged(
                    (end - start - size) + " bytes stand before the archive, or before the end of its directory");
        }
        if (start + size > end) {
            throw new ArchiveDamaged("its directory is cut short");
        }
        List<ArchivedFile> files = new ArrayList<>();
        int position = (int) start;
        for (int index = 0; index < count; index++) {
            if (position > end - ENTRY_LENGTH || bytes.getInt(position) != ENTRY) {
                throw new ArchiveDamaged("its directory names fewer files than it promises");
            }
            int next = position + ENTRY_LENGTH + number(position + 28) + number(position + 30) + number(position + 32);
            if (next > end) {
                throw new ArchiveDamaged("its directory is cut short");
            }
            files.add(file(position, next));
            position = next;
        }
        if (position != end) {
            throw new ArchiveDamaged("its directory holds more than it promises");
        }
        return files;
    }

    private ArchivedFile file(int position, int next) {
        String name = new String(archive, position + ENTRY_LENGTH, number(position + 28), StandardCharsets.UTF_8);
        return new ArchivedFile(
                bytes,
                name,
                number(position + 8),
                number(position + 10),
                Integer.toUnsignedLong(bytes.getInt(position + 20)),
                Integer.toUnsignedLong(bytes.getInt(position + 24)),
                number(position + 40),
                Integer.toUnsignedLong(bytes.getInt(position + 42)),
                position,
                next);
    }

    /** Where the record at the end begins. A comment would stand behind it, where anybody can write one unseen. */
    private int end() throws ArchiveDamaged {
        int end = archive.length - END_LENGTH;
        if (end >= 0 && bytes.getInt(end) == END && number(end + 20) == 0) {
            return end;
        }
        for (int before = end; before >= Math.max(0, end - LARGER_THAN_THIS_FORM); before--) {
            if (bytes.getInt(before) == END) {
                throw new ArchiveDamaged((end - before) + " bytes stand behind its end, as a comment or otherwise");
            }
        }
        throw new ArchiveDamaged("it has no directory at its end");
    }

    private int number(int position) {
        return Short.toUnsignedInt(bytes.getShort(position));
    }
}
