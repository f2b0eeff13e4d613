package dev.muster.backup.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PostgreSQL's version numbers as its programs print them. */
final class Versions {
    private static final Pattern MAJOR = Pattern.compile("^\\s*(\\d{1,3})");

    private Versions() {}

    /** The major version, {@code 15} of {@code 15.18 (Debian 15.18-0+deb12u1)}; zero when there is none. */
    static int major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
