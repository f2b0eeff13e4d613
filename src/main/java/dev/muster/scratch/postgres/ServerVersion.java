package dev.muster.scratch.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /** Asks a program; empty when it is not there, cannot run here, or is not one of PostgreSQL's. */
    static Optional<ServerVersion> of(Path program) {
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return read(said);
        } catch (IOException cannotRun) {
            return Optional.empty();
        }
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
