package dev.muster.backup.log;

import java.util.Locale;

/**
 * A segment of the write-ahead log: a file of fixed size, named by its timeline and its number.
 *
 * @param size the size of every segment of its server, in bytes
 */
public record Segment(int timeline, long number, long size) {
    private static final long FOUR_GIGABYTES = 1L << 32;

    /** The segment that holds the byte at this position. */
    public static Segment holding(Lsn position, int timeline, long size) {
        return new Segment(timeline, Long.divideUnsigned(position.value(), size), size);
    }

    /** The segment that holds the last byte before this position. */
    public static Segment before(Lsn position, int timeline, long size) {
        return holding(new Lsn(position.value() - 1), timeline, size);
    }

    /** The segment of this name, 24 hexadecimal digits. */
    public static Segment named(String name, long size) {
        return new Segment(
                (int) Long.parseLong(name.substring(0, 8), 16),
                Long.parseLong(name.substring(8, 16), 16) * (FOUR_GIGABYTES / size)
                        + Long.parseLong(name.substring(16), 16),
                size);
    }

    public Segment on(int other) {
        return new Segment(other, number, size);
    }

    public Segment next() {
        return new Segment(timeline, number + 1, size);
    }

    public Lsn start() {
        return new Lsn(number * size);
    }

    /** Its file's name. */
    public String name() {
        long each = FOUR_GIGABYTES / size;
        return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / each, number % each);
    }
}
