package dev.muster.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A folder with everything in it. Links are taken as what they are and never followed. */
final class Tree {
    private final Path top;

    Tree(Path top) {
        this.top = top;
    }

    /** The size of all its files. */
    long bytes() {
        AtomicLong bytes = new AtomicLong();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException closedOrGone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException ignored) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        return bytes.get();
    }

    /** Deletes it, and says what could not be deleted. */
    List<Path> delete() {
        List<Path> left = new ArrayList<>();
        delete(top, left);
        return left;
    }

    private static void delete(Path path, List<Path> left) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                empty(path, left);
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        } catch (IOException failed) {
            // A folder that is not empty says nothing that its contents have not said.
            if (left.stream().noneMatch(deeper -> deeper.startsWith(path))) {
                left.add(path);
            }
        }
    }

    private static void empty(Path folder, List<Path> left) throws IOException {
        if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        }
        entries.forEach(entry -> delete(entry, left));
    }
}
