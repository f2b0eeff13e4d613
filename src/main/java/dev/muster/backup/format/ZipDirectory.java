package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the central directory at the end of a ZIP that lies far away. */
final class ZipDirectory {
    /** Where the calendar of ZIPs begins, and what stands in one whose writer gave no time. */
    static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST_COMMENT = 65_535;
    private static final long ELSEWHERE = 0xffffffffL;
    private static final int STRETCH = 256 * 1024;
    /** Half a million files of a filestore have a directory of about this size; more is not read to find two names. */
    private static final long LARGEST = 64L * 1024 * 1024;

    private ZipDirectory() {}

    /** The local times of these entries, so far as they are there; absent when the directory itself is not. */
    static Optional<Map<String, LocalDateTime>> times(Probe zip, String... names)
            throws Unreadable, InterruptedException {
        Optional<Span> directory = find(zip);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        List<String> wanted = List.of(names);
        Map<String, LocalDateTime> times = new HashMap<>();
        long at = directory.get().start();
        long end = directory.get().end();
        while (at < end && times.size() < wanted.size() && at - directory.get().start() < LARGEST) {
            byte[] stretch = zip.read(at, (int) Math.min(STRETCH, end - at));
            int used = collect(stretch, wanted, times);
            if (used == 0) {
                return Optional.empty();
            }
            at += used;
        }
        return Optional.of(times);
    }

    /** Reads whole entries, and says how many bytes they took. */
    private static int collect(byte[] stretch, List<String> wanted, Map<String, LocalDateTime> times) {
        ByteBuffer bytes = Bytes.littleEndian(stretch);
        int at = 0;
        while (at + ENTRY_LENGTH <= stretch.length && bytes.getInt(at) == ENTRY) {
            int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
            int length = ENTRY_LENGTH
                    + nameLength
                    + Short.toUnsignedInt(bytes.getShort(at + 30))
                    + Short.toUnsignedInt(bytes.getShort(at + 32));
            if (at + length > stretch.length) {
                break;
            }
            String name = new String(stretch, at + ENTRY_LENGTH, nameLength, StandardCharsets.UTF_8);
            if (wanted.contains(name)) {
                times.put(name, time(bytes.getShort(at + 14), bytes.getShort(at + 12)));
            }
            at += length;
        }
        return at;
    }

    /** A time as DOS packed it, in steps of two seconds. */
    private static LocalDateTime time(short date, short time) {
        try {
            return LocalDateTime.of(
                    NO_TIME.getYear() + (date >> 9 & 0x7f),
                    date >> 5 & 0x0f,
                    date & 0x1f,
                    time >> 11 & 0x1f,
                    time >> 5 & 0x3f,
                    (time & 0x1f) * 2);
        } catch (DateTimeException e) {
            return NO_TIME;
        }
    }

    private static Optional<Span> find(Probe zip) throws Unreadable, InterruptedException {
        byte[] tail = zip.tail(END_LENGTH + LOCATOR_64_LENGTH + LONGEST_COMMENT);
        ByteBuffer bytes = Bytes.littleEndian(tail);
        for (int at = tail.length - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END) {
                long length = Integer.toUnsignedLong(bytes.getInt(at + 12));
                long start = Integer.toUnsignedLong(bytes.getInt(at + 16));
                Optional<Span> span = length == ELSEWHERE || start == ELSEWHERE
                        ? find64(zip, bytes, at - LOCATOR_64_LENGTH)
                        : Optional.of(new Span(start, start + length));
                return span.filter(found ->
                        found.start() >= 0 && found.start() <= found.end() && found.end() <= zip.size() - END_LENGTH);
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> find64(Probe zip, ByteBuffer tail, int locator)
            throws Unreadable, InterruptedException {
        if (locator < 0 || tail.getInt(locator) != LOCATOR_64) {
            return Optional.empty();
        }
        long at = tail.getLong(locator + 8);
        if (at < 0 || at > zip.size() - END_64_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer end = Bytes.littleEndian(zip.read(at, END_64_LENGTH));
        if (end.getInt(0) != END_64) {
            return Optional.empty();
        }
        long start = end.getLong(48);
        return Optional.of(new Span(start, start + end.getLong(40)));
    }

    private record Span(long start, long end) {}
}
