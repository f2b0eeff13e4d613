package dev.muster.scratch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program to run in a scratch.
 *
 * @param command the program and its arguments; never a secret, since anyone on the machine can read them
 * @param environment what the program finds in its environment besides a plain path and locale
 * @param onLine told of each line the program writes, to either stream
 */
public record Program(List<String> command, Map<String, String> environment, Consumer<String> onLine) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
