package dev.muster.backup.log;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A position in the write-ahead log. */
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /** Reads it as PostgreSQL writes it, {@code 0/2000028}. */
    public static Optional<Lsn> read(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        return written.matches()
                ? Optional.of(
                        new Lsn(Long.parseLong(written.group(1), 16) << 32 | Long.parseLong(written.group(2), 16)))
                : Optional.empty();
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xffffffffL);
    }
}
