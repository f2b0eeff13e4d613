package dev.muster.orchestrator.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The restored files of an asset in a folder that may be changed, linked as {@link FetchedObjects} are. */
public record RestoredFiles(Path folder) {

    /** Links all files of a folder into another. */
    public static RestoredFiles linked(Path restored, Path folder) throws IOException {
        Tree.link(restored, folder);
        return new RestoredFiles(folder);
    }

    /** Every plain file that is not empty, in the order of names. */
    List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> FetchedObjects.size(file) > 0)
                    .sorted()
                    .toList();
        }
    }

    String name(Path file) {
        return folder.relativize(file).toString();
    }
}
