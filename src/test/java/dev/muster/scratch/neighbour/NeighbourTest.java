package dev.muster.scratch.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container and its end as its neighbour sees them, by every shell that an image may have. */
@Needs({"dash", "bash", "busybox"})
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NeighbourTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path shared;

    private ShellContainer container;

    @BeforeEach
    void has_a_container() {
        container = new ShellContainer(shared);
    }

    @AfterEach
    void ends_the_container() {
        container.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_what_its_container_has(String shell) throws Exception {
        Path programs = Files.createDirectory(shared.resolve("programs"));
        program(programs.resolve("postgres"), "true");
        Files.createDirectories(shared.resolve("none/postgres"));

        Container told = container
                .start(shell, Map.of("PATH", programs + "::" + shared.resolve("none") + ":" + ShellContainer.path()))
                .container();

        assertThat(told.path()).startsWith(programs.toString()).endsWith(ShellContainer.path());
        assertThat(told.postgres()).contains(programs).doesNotContain(Path.of(""));
        assertThat(told.sharedMemory().isPresent())
                .isEqualTo(Files.readString(Path.of("/proc/self/mounts")).matches("(?s).* /dev/shm [^\n]*size=.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void does_not_hear_what_it_does_not_understand(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Path home = shared.resolve(Neighbour.FOLDER).resolve("database");

        Errand errand = neighbour.ask(container.script(
                "printf 'nonsense\n\nstarted\nended 1\nended x 0\nended 1 x\nended 99 0\n' > " + home
                        + "/events; printf 'nonsense\n\njump 1\nstop 99\n' > " + home + "/requests; exit 7",
                0));

        assertThat(ShellContainer.end(errand)).isEqualTo(7);
        assertThat(ShellContainer.said(neighbour.ask(container.script("echo again", 0))))
                .isEqualTo("again\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void begins_anew_where_another_one_has_ended(String shell) throws Exception {
        container.start(shell).close();
        container.process().destroyForcibly().onExit().join();
        Path ready = shared.resolve(Neighbour.FOLDER).resolve("database/ready");
        Files.delete(ready);

        container.launch(shell, Map.of());

        assertThat(ShellContainer.said(container.meet(path -> {}).ask(container.script("echo again", 0))))
                .isEqualTo("again\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_within_seconds_that_the_container_has_ended(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Errand errand = neighbour.ask(container.script("echo $$; exec sleep 306", 0));
        InputStream output = errand.output();
        long process = Long.parseLong(ShellContainer.line(output));

        container.process().destroyForcibly();

        assertThatThrownBy(errand::end)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
        assertThatThrownBy(() -> neighbour.ask(container.script(":", 0)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
        assertThat(errand.exit()).hasValue(Neighbour.KILLED);
        errand.stop();
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void does_not_take_the_end_of_its_container_for_that_of_a_program(String shell) throws Exception {
        Errand errand = container.start(shell).ask(container.script("echo there; sleep 308; :", 0));
        assertThat(ShellContainer.line(errand.output())).isEqualTo("there");

        container.process().destroy();

        assertThatThrownBy(errand::end)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void takes_its_programs_along_when_its_container_is_to_end(String shell) throws Exception {
        Errand errand = container.start(shell).ask(container.script("echo $$; exec sleep 307", 0));
        long process = Long.parseLong(ShellContainer.line(errand.output()));

        container.process().destroy();

        await().atMost(PATIENCE).until(() -> !container.process().isAlive());
        await().until(() ->
                ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_when_nobody_is_there(String shell) throws Exception {
        assertThatThrownBy(() -> Neighbour.meet("database", shared, path -> {}, Duration.ofMillis(100)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database was not ready");
        container.start(shell).close();
        container.process().destroyForcibly().onExit().join();

        Neighbour late = Neighbour.meet("database", shared, path -> {}, PATIENCE);
        await().until(() -> late.gone().isPresent());
    }

    private static void program(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
