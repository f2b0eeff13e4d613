package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Classes of Muster's own that are run inside a scratch. They are copied there, since the scratch's user may not be able
 * to read them where they lie, and so they may need nothing but Java and each other.
 *
 * @param main the one that is run
 * @param others what it needs
 */
public record JavaProgram(Class<?> main, List<Class<?>> others) {
    private static final String FOLDER = "programs";

    public JavaProgram {
        others = List.copyOf(others);
    }

    /** The program, with its classes in the scratch. */
    public Program in(Scratch scratch, List<String> arguments, Consumer<String> onLine) {
        Path folder = scratch.folder(FOLDER);
        try {
            copy(main, folder);
            for (Class<?> other : others) {
                copy(other, folder);
            }
            scratch.handOver(folder);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A program could not be copied into the scratch: " + failed,
                            folder.toString(),
                            "Make room on that disk and run the drill again."),
                    failed);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Else it leaves a file in the machine's folder for temporary files.
                "-XX:-UsePerfData",
                "-cp",
                folder.toString(),
                main.getName()));
        command.addAll(arguments);
        return new Program(command, Map.of(), onLine);
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
