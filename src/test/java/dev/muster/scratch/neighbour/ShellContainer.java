package dev.muster.scratch.neighbour;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The script of a container, run by a shell of this machine. */
final class ShellContainer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path shared;
    private Optional<Process> process = Optional.empty();

    ShellContainer(Path shared) {
        this.shared = shared;
    }

    Process process() {
        return process.orElseThrow();
    }

    Neighbour start(String shell) throws IOException, InterruptedException {
        return start(shell, Map.of());
    }

    Neighbour start(String shell, Map<String, String> environment) throws IOException, InterruptedException {
        launch(shell, environment);
        return meet(path -> {});
    }

    Neighbour meet(Neighbour.Gift gift) throws InterruptedException {
        return Neighbour.meet("database", shared, gift, PATIENCE);
    }

    void launch(String shell, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        Path home = Files.createDirectories(shared.resolve(Neighbour.FOLDER)).resolve("database");
        command.addAll(List.of("-c", agent(), "neighbour", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("OF_THE_CONTAINER", "two\nlines=of it");
        builder.environment().put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        builder.environment().putAll(environment);
        process = Optional.of(builder.start());
    }

    private static String agent() throws IOException {
        try (InputStream script = Objects.requireNonNull(Neighbour.class.getResourceAsStream(Neighbour.SCRIPT))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What runs this text by a shell, with the number in its environment. */
    Script script(String text, int number) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", path(), "NUMBER", String.valueOf(number)));
        return new Script(shared, environment, List.of("sh", "-c", text, "program"));
    }

    static String path() {
        return "/usr/local/bin:/usr/bin:/bin";
    }

    /** All that a program writes. */
    static String said(Errand errand) throws IOException {
        try (InputStream output = errand.output()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** How a program ends that is heard out. */
    static int end(Errand errand) throws IOException, InterruptedException {
        said(errand);
        return errand.end();
    }

    static String line(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = output.read(); next >= 0 && next != '\n'; next = output.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }
}
