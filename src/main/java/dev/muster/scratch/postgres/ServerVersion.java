package dev.muster.scratch.postgres;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a PostgreSQL program, as the program says it. */
record ServerVersion(int major, int minor, String text) implements Comparable<ServerVersion> {
    private static final Pattern SAID = Pattern.compile("\\(PostgreSQL\\) ((\\d+)(?:\\.(\\d+))?\\S*)");
    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major).thenComparingInt(ServerVersion::minor);

    /** Asks a program of this machine. */
    static Optional<ServerVersion> of(Path program) {
        return of(program, Machine.thisOne());
    }

    /** Asks a program; empty when it is not there, cannot run there, or is not one of PostgreSQL's. */
    static Optional<ServerVersion> of(Path program, Machine machine) {
        return machine.has(program) ? read(machine.versionOf(program)) : Optional.empty();
    }

    static Optional<ServerVersion> read(String said) {
        Matcher matcher = SAID.matcher(said);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String minor = matcher.group(3);
        return Optional.of(new ServerVersion(
                Integer.parseInt(matcher.group(2)), minor == null ? 0 : Integer.parseInt(minor), matcher.group(1)));
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }
}
