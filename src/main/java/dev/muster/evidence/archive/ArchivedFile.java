package dev.muster.evidence.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * One file as the directory of an archive describes it.
 *
 * @param name as it stands there; only {@link #shown} is fit to be printed
 * @param attributes the upper half of what Unix knows of the file
 * @param header where the header before its content is said to stand
 * @param listed where its entry in the directory begins
 * @param listedUntil where that entry ends
 */
public record ArchivedFile(
        ByteBuffer archive,
        String name,
        int flags,
        int method,
        long packed,
        long size,
        int attributes,
        long header,
        int listed,
        int listedUntil) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int LONGEST_SHOWN = 120;

    private static final int HEADER = 0x04034b50;
    private static final int HEADER_LENGTH = 30;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int KIND_OF_FILE = 0170000;
    private static final int LINK = 0120000;

    /** A stranger's name as a terminal may show it. */
    public static String shown(String name) {
        String printable = name.replaceAll("[^\\p{Graph} ]", "?");
        return printable.length() <= LONGEST_SHOWN ? printable : printable.substring(0, LONGEST_SHOWN) + "…";
    }

    /** Why the file must not be touched. */
    Optional<String> danger() {
        if (!PLAIN.matcher(name).matches()) {
            return Optional.of("The name is not that of a plain file beside the others");
        }
        if ((attributes & KIND_OF_FILE) == LINK) {
            return Optional.of("It is a link to another file");
        }
        if ((flags & ENCRYPTED) != 0) {
            return Optional.of("The file is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            return Optional.of("The file is packed in a way that no bundle is");
        }
        return Optional.empty();
    }

    /** What the file holds, at most so much. */
    byte[] content(int most) throws ArchiveDamaged {
        if (header > archive.limit() - HEADER_LENGTH || archive.getInt((int) header) != HEADER) {
            throw new ArchiveDamaged("it is not where the directory says");
        }
        long start = header + HEADER_LENGTH + number(header + 26) + number(header + 28);
        if (start + packed > archive.limit()) {
            throw new ArchiveDamaged("it would end behind the end of the archive");
        }
        if (size > most) {
            throw new ArchiveDamaged("unpacked, it is larger than what is left for a bundle");
        }
        byte[] bytes = new byte[(int) packed];
        archive.get((int) start, bytes);
        byte[] content = method == STORED ? bytes : inflated(bytes);
        if (content.length != size) {
            throw new ArchiveDamaged("it has another size than the directory says");
        }
        return content;
    }

    private byte[] inflated(byte[] bytes) throws ArchiveDamaged {
        Inflater inflater = new Inflater(true);
        try (InputStream input = new InflaterInputStream(new ByteArrayInputStream(bytes), inflater)) {
            return input.readNBytes((int) size + 1);
        } catch (IOException damaged) {
            throw new ArchiveDamaged("its packed form is damaged");
        } finally {
            inflater.end();
        }
    }

    private int number(long position) {
        return Short.toUnsignedInt(archive.getShort((int) position));
    }
}
