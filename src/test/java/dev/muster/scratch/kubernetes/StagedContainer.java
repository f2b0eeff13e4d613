package dev.muster.scratch.kubernetes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A container of a staged pod: processes of this machine that see a root folder, a network and processes of their own,
 * and end with the first of them.
 */
final class StagedContainer {
    private final long user;
    private final Map<String, String> environment;
    private final Process process;
    private final Path started;

    private StagedContainer(long user, Map<String, String> environment, Process process, Path started) {
        this.user = user;
        this.environment = environment;
        this.process = process;
        this.started = started;
    }

    /**
     * Starts it, and waits until its program runs.
     *
     * @param folder an empty one
     * @param mounts words that say what it sees besides the machine's programs
     */
    static StagedContainer start(
            Path folder,
            StagedNetwork network,
            long user,
            List<String> mounts,
            Map<String, String> environment,
            List<String> program)
            throws IOException {
        Path started = folder.resolve("started");
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--", "sh", "-c"));
        command.addAll(List.of(
                Script.named("container.sh"),
                "container",
                Files.createDirectory(folder.resolve("root")).toString(),
                String.valueOf(user)));
        command.addAll(mounts);
        command.add(started.toString());
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(network.enter(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        StagedContainer container = new StagedContainer(user, environment, builder.start(), started);
        container.awaitProgram();
        return container;
    }

    private void awaitProgram() {
        await().pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(started) || !process.isAlive());
    }

    /** The first of its processes. */
    private Optional<ProcessHandle> first() {
        return process.children().findFirst();
    }

    /** Runs one more program in it. */
    Process exec(List<String> program) throws IOException {
        String target = String.valueOf(first().orElseThrow().pid());
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target=" + target, "--mount", "--pid", "--net", "--root", "--wd", "--"));
        command.addAll(List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--"));
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Whether a program of this name runs in it. */
    boolean runs(String program) {
        return process.descendants()
                .anyMatch(each -> each.info().command().orElse("").endsWith("/" + program));
    }

    /** Waits until it ends, and says how. */
    int awaitEnd() {
        return process.onExit().join().exitValue();
    }

    /** Asks it to end, and ends it when it has not after this time. */
    void stop(Duration grace) {
        first().ifPresent(ProcessHandle::destroy);
        try {
            process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException still) {
            kill();
        }
    }

    /** Ends all of its processes at once. */
    void kill() {
        first().ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
