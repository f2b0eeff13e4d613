package dev.muster.scratch;

import dev.muster.scratch.neighbour.Neighbour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A process of this machine that does what a container's main process does: it runs what its neighbour asks for. */
record Container(Process process) {

    /**
     * Starts it as a user that is not root.
     *
     * @param shell the shell that it is run by
     */
    static Container start(Path shared, String name, List<String> shell) throws IOException {
        Account account = Account.of(Optional.empty());
        account.own(shared);
        Path home = Files.createDirectories(shared.resolve(Neighbour.FOLDER).resolve(name));
        account.own(shared.resolve(Neighbour.FOLDER));
        account.own(home);
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", script(), "neighbour", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(account.enter(command)).inheritIO();
        builder.environment().put("OF_THE_CONTAINER", "two\nlines");
        return new Container(builder.start());
    }

    private static String script() throws IOException {
        try (InputStream script = Objects.requireNonNull(Container.class.getResourceAsStream(Neighbour.SCRIPT))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends it as a container ends when its pod is deleted. */
    void end() {
        process.destroy();
        process.onExit().join();
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
