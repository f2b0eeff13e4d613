package dev.muster.check.filestore;

import dev.muster.check.filestore.Inspected.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder below which the database's paths lie. No path and no link leads out of it. */
record StoreFolder(Path root, Set<String> housekeeping) {
    /** A backup may hold the folder itself, or one or two around it ({@code filestore/demo/…}). */
    private static final int AROUND = 2;

    /** The folder in the restored one under which most of these files lie; the restored one if none does. */
    static StoreFolder find(Path restored, Set<String> housekeeping, List<NamedFile> sample) throws IOException {
        Path outermost = restored.toAbsolutePath().normalize();
        List<Path> folders;
        try (Stream<Path> found = Files.find(outermost, AROUND, (path, kind) -> kind.isDirectory())) {
            // Housekeeping may mirror the names of all files, so it would look like the folder itself.
            folders = found.filter(folder -> !housekeeping.contains(String.valueOf(folder.getFileName())))
                    .sorted()
                    .toList();
        }
        StoreFolder best = new StoreFolder(outermost, housekeeping);
        long most = 0;
        for (Path folder : folders) {
            StoreFolder candidate = new StoreFolder(folder, housekeeping);
            long holds = candidate.holds(sample);
            if (holds > most) {
                best = candidate;
                most = holds;
            }
        }
        return best;
    }

    private long holds(List<NamedFile> sample) throws IOException {
        long holds = 0;
        for (NamedFile file : sample) {
            Optional<Path> place = place(file.path());
            if (place.isPresent() && obstacle(place.get()).isEmpty()) {
                holds++;
            }
        }
        return holds;
    }

    /** Reads the whole file and compares it with what the database says of it; without digests only its size. */
    Inspected inspect(NamedFile file, Optional<String> algorithm) throws IOException {
        Optional<Path> place = place(file.path());
        if (place.isEmpty()) {
            return new Inspected(file, Condition.REFUSED, 0);
        }
        Optional<Condition> obstacle = obstacle(place.get());
        if (obstacle.isPresent()) {
            return new Inspected(file, obstacle.get(), 0);
        }
        long size = Files.size(place.get());
        if (algorithm.isEmpty()) {
            return Inspected.weigh(file, size);
        }
        try (InputStream content = Files.newInputStream(place.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Inspected.compare(file, ContentDigest.of(content, algorithm.get(), size));
        }
    }

    /** What is done with an entry of the folder; housekeeping is none. */
    interface Entry {
        /** Takes one, by its name below the folder. */
        void take(String path, BasicFileAttributes kind) throws IOException;
    }

    void walk(Entry entry) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes kind) {
                return apart(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes kind) throws IOException {
                if (!apart(file)) {
                    entry.take(root.relativize(file).toString(), kind);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether housekeeping holds a mark of that name for the file. */
    boolean marked(String housekeeper, String path) {
        return Files.isRegularFile(root.resolve(housekeeper).resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where the file must lie; absent when its name could lead elsewhere or is a second spelling. */
    private Optional<Path> place(String name) {
        try {
            Path place = root.resolve(name);
            boolean inside = place.startsWith(root)
                    && place.equals(place.normalize())
                    && root.relativize(place).toString().equals(name);
            return inside && !apart(place) ? Optional.of(place) : Optional.empty();
        } catch (InvalidPathException nonsense) {
            return Optional.empty();
        }
    }

    private boolean apart(Path place) {
        return housekeeping.contains(root.relativize(place).getName(0).toString());
    }

    /** What keeps the file from being read, looked for from the top so that no link is ever followed. */
    private Optional<Condition> obstacle(Path place) throws IOException {
        Path here = root;
        for (Path name : root.relativize(place)) {
            here = here.resolve(name);
            try {
                BasicFileAttributes kind =
                        Files.readAttributes(here, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (here.equals(place) ? !kind.isRegularFile() : !kind.isDirectory()) {
                    return Optional.of(Condition.REFUSED);
                }
            } catch (NoSuchFileException gone) {
                return Optional.of(Condition.MISSING);
            }
        }
        return Optional.empty();
    }
}
