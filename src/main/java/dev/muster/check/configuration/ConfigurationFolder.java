package dev.muster.check.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The restored configuration: its files by their paths. What leads out of the folder is not there. */
final class ConfigurationFolder {
    /** No configuration that people write is larger; what is says nothing to this check. */
    private static final int LARGEST_TEXT = 4 * 1024 * 1024;

    private final Map<String, Path> files;

    private ConfigurationFolder(Map<String, Path> files) {
        this.files = files;
    }

    static ConfigurationFolder open(Path restored) throws IOException {
        Path root = restored.toRealPath();
        Map<String, Path> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes kind) throws IOException {
                if (kind.isRegularFile() || (kind.isSymbolicLink() && leadsToFile(root, file))) {
                    files.put(root.relativize(file).toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new ConfigurationFolder(files);
    }

    private static boolean leadsToFile(Path root, Path link) throws IOException {
        return Files.isRegularFile(link) && link.toRealPath().startsWith(root);
    }

    /** All files, in the order of their paths. */
    Map<String, Path> files() {
        return files;
    }

    /** The text of a file; absent when it is not there, is too large for a text, or holds other bytes than text. */
    Optional<String> text(String path) throws IOException {
        Path file = files.get(path);
        if (file == null) {
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LARGEST_TEXT + 1);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return bytes.length > LARGEST_TEXT || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        }
    }
}
