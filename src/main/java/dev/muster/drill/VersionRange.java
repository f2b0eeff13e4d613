package dev.muster.drill;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major versions from one to another, both included. */
public record VersionRange(int first, int last) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})\\.\\.(\\d{1,4})");

    /** Reads what a runbook writes, such as {@code 14..19}. */
    public static VersionRange of(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("not a range of versions: " + text);
        }
        return new VersionRange(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    public boolean holds(int version) {
        return first <= version && version <= last;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
