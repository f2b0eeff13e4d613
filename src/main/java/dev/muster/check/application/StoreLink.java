package dev.muster.check.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Puts the restored files where an application looks for them, without copying one. */
final class StoreLink {
    private StoreLink() {}

    static void make(Path restored, Path wanted) throws IOException {
        Files.createDirectories(wanted.getParent());
        Files.createSymbolicLink(wanted, innermost(restored));
    }

    /** A backup may hold folders around the files ({@code filestore/production/…}), each the only thing in the next. */
    private static Path innermost(Path folder) throws IOException {
        List<Path> content = content(folder);
        if (content.size() == 1
                && folder(content.get(0))
                && content(content.get(0)).stream().anyMatch(StoreLink::folder)) {
            return innermost(content.get(0));
        }
        return folder;
    }

    private static boolean folder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The first two things in a folder, since more make no difference. */
    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.limit(2).toList();
        }
    }
}
