package dev.muster.orchestrator.fault;

import dev.muster.drill.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fetched objects of one backup in a folder that may be changed: links to those that were fetched, so that a copy
 * takes no room, and none of them is changed before it is a file of its own.
 *
 * @param backup what they are
 */
public record FetchedObjects(Path folder, Backup backup) {

    /** Links all files of a folder into another. */
    public static FetchedObjects linked(Path fetched, Path folder, Backup backup) throws IOException {
        Tree.link(fetched, folder);
        return new FetchedObjects(folder, backup);
    }

    /** The object that the backup is known by. */
    Path main() {
        return folder.resolve(backup.place(backup.object()));
    }

    /** The one that a fault most likely hits. */
    Path largest() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparing(FetchedObjects::size).thenComparing(Comparator.naturalOrder()))
                    .orElseThrow(() -> new IOException("nothing was fetched into " + folder));
        }
    }

    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Makes a file one of its own, so that the fetched one stays as it is. */
    Path own(Path file) throws IOException {
        return Tree.own(file);
    }

    void replace(Path file, Path by) throws IOException {
        Files.move(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    String name(Path file) {
        return folder.relativize(file).toString();
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
