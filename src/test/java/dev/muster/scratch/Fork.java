package dev.muster.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other processes with Muster's code in them, for what one process cannot show of itself. */
final class Fork {
    private Fork() {}

    static Process of(Class<?> main, List<String> before, String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static String classPath() {
        return System.getProperty("java.class.path", "");
    }

    static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }
}
