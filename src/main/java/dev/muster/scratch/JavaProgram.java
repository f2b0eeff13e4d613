package dev.muster.scratch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Classes of Muster's own that are run inside a scratch. They may lie there alone, and so may need nothing but Java and
 * each other.
 *
 * @param main the one that is run
 * @param others what it needs
 */
public record JavaProgram(Class<?> main, List<Class<?>> others) {
    public JavaProgram {
        others = List.copyOf(others);
    }

    /** The program, with its classes in the scratch. */
    public Program in(Scratch scratch, List<String> arguments, Consumer<String> onLine) {
        List<Class<?>> types = new ArrayList<>(List.of(main));
        types.addAll(others);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Else it leaves a file in the machine's folder for temporary files.
                "-XX:-UsePerfData",
                "-cp",
                scratch.classes(types).toString(),
                main.getName()));
        command.addAll(arguments);
        return new Program(command, Map.of(), onLine, Program.Where.MUSTER);
    }
}
