package dev.muster.scratch.neighbour;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shell script that goes to a folder and becomes a program there, with an environment and nothing else. */
public record Script(Path folder, Map<String, String> environment, List<String> command) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Script {
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
    }

    String text() {
        StringBuilder text =
                new StringBuilder("cd ").append(quoted(folder.toString())).append(" || exit 126\n");
        // Shells have some of their own.
        text.append("unset OLDPWD SHLVL _\n");
        environment.forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                text.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n');
            }
        });
        text.append("exec ");
        List<String> unnameable = environment.entrySet().stream()
                .filter(entry -> !NAME.matcher(entry.getKey()).matches())
                .map(entry -> quoted(entry.getKey() + "=" + entry.getValue()))
                .toList();
        if (!unnameable.isEmpty()) {
            text.append("env ").append(String.join(" ", unnameable)).append(' ');
        }
        return text.append(command.stream().map(Script::quoted).collect(Collectors.joining(" ")))
                .append('\n')
                .toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
