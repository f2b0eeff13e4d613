package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Copies of Muster's classes, for users who may not be able to read them where they lie. */
final class ClassCopies {
    private ClassCopies() {}

    static void make(List<Class<?>> types, Path folder) {
        try {
            for (Class<?> type : types) {
                copy(type, folder);
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A program could not be copied into the scratch: " + failed,
                            folder.toString(),
                            "Make room on that disk and run the drill again."),
                    failed);
        }
    }

    private static void copy(Class<?> type, Path folder) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path target = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream bytes = Objects.requireNonNull(type.getResourceAsStream("/" + name), name)) {
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
