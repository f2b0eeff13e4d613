package dev.muster.restore.files;

import dev.muster.drill.CouldNotRun;
import dev.muster.restore.work.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files of a store that names them {@code ab/abcdef...}, however many folders lie above. */
final class Filestore {
    private static final int DEEPEST = 5;
    private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");

    private Filestore() {}

    /** The folder that holds the two-letter folders; the one given when there are none. */
    static Path within(Path folder, Job job) throws IOException {
        List<Path> level = List.of(folder);
        for (int depth = 0; depth < DEEPEST && !level.isEmpty(); depth++) {
            List<Path> stores = level.stream().filter(Filestore::holdsShards).toList();
            if (stores.size() > 1) {
                throw several(stores, folder, job);
            }
            if (stores.size() == 1) {
                return stores.get(0);
            }
            level = level.stream().flatMap(path -> folders(path).stream()).toList();
        }
        return folder;
    }

    private static boolean holdsShards(Path folder) {
        return folders(folder).stream()
                .anyMatch(path -> SHARD.matcher(path.getFileName().toString()).matches());
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static CouldNotRun several(List<Path> stores, Path folder, Job job) {
        List<String> names = stores.stream()
                .map(store -> folder.relativize(store).toString())
                .toList();
        return job.cannot(
                "The backup holds the filestores of several databases: " + String.join(", ", names),
                "Back up each database's filestore on its own, so that it is clear which one belongs to the drill.");
    }
}
