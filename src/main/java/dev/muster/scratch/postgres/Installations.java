package dev.muster.scratch.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The folders of this machine where PostgreSQL programs are customarily installed. */
final class Installations {
    /** Parent folder, names within it, and where the programs lie in those. */
    private static final List<Place> PLACES = List.of(
            new Place("/usr/lib/postgresql", "*", "bin"),
            new Place("/usr", "pgsql-*", "bin"),
            new Place("/usr/lib", "postgresql[0-9]*", "bin"),
            new Place("/usr/libexec", "postgresql[0-9]*", ""),
            new Place("/usr/local", "pgsql*", "bin"),
            new Place("/home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"));

    private Installations() {}

    /** Every such folder that exists, and those on the search path given. */
    static List<Path> folders(String searchPath) {
        Set<Path> folders = new LinkedHashSet<>();
        PLACES.forEach(place -> folders.addAll(place.found()));
        for (String folder : searchPath.split(Pattern.quote(java.io.File.pathSeparator), -1)) {
            if (!folder.isEmpty()) {
                for (String program : List.of("postgres", "psql")) {
                    behind(Path.of(folder, program)).ifPresent(folders::add);
                }
            }
        }
        return List.copyOf(folders);
    }

    /** The folder where a program on the search path really lies. */
    private static java.util.Optional<Path> behind(Path program) {
        try {
            Path real = program.toRealPath();
            // Debian's wrapper answers to every client's name and picks a version by rules of its own.
            return real.endsWith("pg_wrapper")
                    ? java.util.Optional.empty()
                    : java.util.Optional.ofNullable(real.getParent());
        } catch (IOException missing) {
            return java.util.Optional.empty();
        }
    }

    private record Place(String parent, String names, String within) {
        List<Path> found() {
            Path folder = Path.of(parent);
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
                entries.forEach(entry -> found.add(entry.resolve(within)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            found.removeIf(candidate -> !Files.isDirectory(candidate));
            return found;
        }
    }
}
