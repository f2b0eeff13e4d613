package dev.muster.backup.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What a {@code pg_dump} archive says of itself at its beginning; the {@code toc.dat} of a directory has the same one.
 *
 * @param version the version of the archive format; an older {@code pg_restore} refuses a newer one
 * @param created when the dump started, by the wall clock of the machine that made it, which is named nowhere
 * @param summerTime whether that clock ran on summer time
 */
public record ArchiveHeader(
        String version,
        LocalDateTime created,
        boolean summerTime,
        String database,
        String serverVersion,
        String dumperVersion) {
    private static final String MAGIC = "PGDMP";
    private static final int OLDEST = version(1, 10);
    private static final int ALGORITHM_INSTEAD_OF_LEVEL = version(1, 15);

    /** Reads the header from an archive's first bytes; absent when they are no archive, or too few. */
    public static Optional<ArchiveHeader> read(byte[] head) {
        if (!Bytes.startsWith(head, MAGIC)) {
            return Optional.empty();
        }
        try {
            return new Reader(head).header();
        } catch (ArrayIndexOutOfBoundsException | StringIndexOutOfBoundsException | DateTimeException e) {
            // Cut short, or no archive after all.
            return Optional.empty();
        }
    }

    /** The major version of the server that was dumped. */
    public int serverMajor() {
        return Versions.major(serverVersion);
    }

    /** The major version of the {@code pg_dump} that made the archive. */
    public int dumperMajor() {
        return Versions.major(dumperVersion);
    }

    private static int version(int major, int minor) {
        return major << 8 | minor;
    }

    /** Walks through the header's fields in their order. */
    private static final class Reader {
        private static final int REVISION = 1;
        private static final int WIDTH_OF_OFFSETS = 1;
        private static final int FORMAT = 1;
        private static final int ALGORITHM = 1;

        private final byte[] bytes;
        private int at = MAGIC.length();
        private int widthOfInteger;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Optional<ArchiveHeader> header() {
            int major = octet();
            int minor = octet();
            at += REVISION;
            widthOfInteger = octet();
            at += WIDTH_OF_OFFSETS + FORMAT;
            if (version(major, minor) < OLDEST) {
                return Optional.empty();
            }
            if (version(major, minor) >= ALGORITHM_INSTEAD_OF_LEVEL) {
                at += ALGORITHM;
            } else {
                integer();
            }
            int second = integer();
            int minute = integer();
            int hour = integer();
            int day = integer();
            int month = integer() + 1;
            int year = integer() + 1900;
            boolean summerTime = integer() > 0;
            // A leap second is the only sixtieth second a clock may show.
            LocalDateTime created = LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59));
            return Optional.of(
                    new ArchiveHeader(major + "." + minor, created, summerTime, string(), string(), string()));
        }

        private int octet() {
            return bytes[at++] & 0xff;
        }

        private int integer() {
            boolean negative = octet() != 0;
            int value = 0;
            for (int i = 0; i < widthOfInteger; i++) {
                value |= octet() << (8 * i);
            }
            return negative ? -value : value;
        }

        private String string() {
            int length = integer();
            if (length <= 0) {
                return "";
            }
            String value = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return value;
        }
    }
}
