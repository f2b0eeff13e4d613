package dev.muster.scratch.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are run in a container, by every shell that an image may have. */
@Needs({"dash", "bash", "busybox"})
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrandTest {
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
    void runs_fifty_programs_at_once_and_mixes_up_nothing(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        List<Errand> errands = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            errands.add(neighbour.ask(container.script("read nothing; echo \"$0 $NUMBER\"; exit " + number, number)));
        }
        for (int number = 0; number < 50; number++) {
            assertThat(ShellContainer.said(errands.get(number))).isEqualTo("program " + number + "\n");
            assertThat(errands.get(number).end()).isEqualTo(number);
        }
        await().untilAsserted(() -> assertThat(folders()).isEmpty());
        await().untilAsserted(() -> {
            // Whoever has ended is collected when the next one is.
            ShellContainer.said(neighbour.ask(container.script(":", 0)));
            assertThat(container.process().children().count()).isLessThan(5);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void takes_every_byte_as_it_is_and_keeps_none(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Errand errand = neighbour.ask(container.script("head -c 300000000 /dev/zero; printf '\\001\\377\\000end'", 0));

        long zeros = 0;
        byte[] end = new byte[0];
        try (InputStream output = errand.output()) {
            byte[] bytes = new byte[65536];
            for (int read = output.read(bytes); read >= 0; read = output.read(bytes)) {
                for (int at = 0; at < read; at++) {
                    if (end.length == 0 && bytes[at] == 0) {
                        zeros++;
                    } else {
                        end = java.util.Arrays.copyOf(end, end.length + 1);
                        end[end.length - 1] = bytes[at];
                    }
                }
                if (zeros % 1000 == 0) {
                    assertThat(bytesBelow(shared)).isLessThan(100_000);
                }
            }
        }
        assertThat(zeros).isEqualTo(300_000_000);
        assertThat(end).containsExactly(1, 255, 0, 'e', 'n', 'd');
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void gives_programs_nothing_of_the_environment_of_the_container(String shell) throws Exception {
        String said = ShellContainer.said(container
                .start(shell)
                .ask(new Script(
                        shared,
                        Map.of("ONE", "it's\ntwo", "odd.name", "3", "PATH", ShellContainer.path()),
                        List.of("env", "-0"))));

        assertThat(said.split("\0")).contains("ONE=it's\ntwo", "odd.name=3", "PATH=" + ShellContainer.path());
        assertThat(said).doesNotContain("OF_THE_CONTAINER", "KUBERNETES", "OLDPWD", "SHLVL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void lets_what_programs_make_be_read_by_nobody_else(String shell) throws Exception {
        Path made = shared.resolve("made");

        assertThat(ShellContainer.end(container.start(shell).ask(container.script("echo secret > " + made, 0))))
                .isZero();

        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_how_a_program_ended(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Script strange = new Script(shared, Map.of("PATH", ShellContainer.path()), List.of("no-such-program"));
        Script nowhere = new Script(shared.resolve("nowhere"), Map.of("PATH", ShellContainer.path()), List.of("true"));

        assertThat(ShellContainer.end(neighbour.ask(container.script("kill -KILL $$", 0))))
                .isEqualTo(Neighbour.KILLED);
        assertThat(ShellContainer.end(neighbour.ask(container.script("kill -TERM $$", 0))))
                .isEqualTo(143);
        assertThat(ShellContainer.end(neighbour.ask(strange))).isEqualTo(127);
        assertThat(ShellContainer.end(neighbour.ask(nowhere))).isEqualTo(126);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void a_program_that_could_not_be_listened_to_is_not_run(String shell) throws Exception {
        Path mark = shared.resolve("mark");
        container.launch(shell, Map.of());
        Neighbour neighbour = container.meet(path -> {
            if (Files.isDirectory(path)) {
                Files.createDirectory(path.resolve("output"));
            }
        });

        Errand errand = neighbour.ask(container.script("echo > " + mark, 0));

        assertThat(errand.end()).isEqualTo(126);
        assertThat(mark).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stops_a_program_with_all_that_it_has_started(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Errand errand = neighbour.ask(container.script(
                "(sleep 301; :) & setsid sleep 302 & (sh -c 'sleep 303 & echo $!; wait; :' &) ; echo $$; sleep 304; :",
                0));
        InputStream output = errand.output();
        StringBuilder heard = new StringBuilder();
        while (heard.chars().filter(letter -> letter == '\n').count() < 2) {
            heard.append((char) output.read());
        }

        errand.stop();

        assertThat(errand.exit()).hasValue(Neighbour.KILLED);
        assertThat(heard.toString().lines().map(Long::valueOf))
                .allSatisfy(process -> await().until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty()));
        // Nobody is left who could write.
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread reader = new Thread(() -> end.complete(read(output)));
        reader.setDaemon(true);
        reader.start();
        assertThat(end).succeedsWithin(PATIENCE).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void needs_no_more_programs_than_it_says_and_stops_what_has_a_strange_name(String shell) throws Exception {
        Path programs = Files.createDirectory(shared.resolve("programs"));
        for (String needed : List.of("sh", "mkfifo", "rm", "mv", "mkdir")) {
            program(programs.resolve(needed), "/bin/" + needed);
        }
        Path strange =
                Files.copy(Path.of("/bin/sleep"), shared.resolve("a) S 1 (b"), StandardCopyOption.COPY_ATTRIBUTES);
        Neighbour neighbour = container.start(shell, Map.of("PATH", programs.toString()));
        Errand errand = neighbour.ask(
                container.script("'" + strange + "' 309 & echo $!; (sleep 310 & echo $!; wait; :) & wait; :", 0));
        List<Long> started = List.of(
                Long.valueOf(ShellContainer.line(errand.output())), Long.valueOf(ShellContainer.line(errand.output())));

        errand.stop();

        assertThat(errand.exit()).hasValue(Neighbour.KILLED);
        assertThat(started)
                .allSatisfy(process -> await().until(() ->
                        ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void lets_what_a_program_has_left_behind_outlive_it(String shell) throws Exception {
        Neighbour neighbour = container.start(shell);
        Errand errand = neighbour.ask(container.script("sleep 305 > /dev/null 2>&1 & echo $!", 0));

        long left = Long.parseLong(ShellContainer.said(errand).strip());

        assertThat(errand.end()).isZero();
        errand.stop();
        assertThat(ProcessHandle.of(left)).isPresent();
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static int read(InputStream output) {
        try {
            return output.read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void program(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<Path> folders() throws IOException {
        try (var entries = Files.list(shared.resolve(Neighbour.FOLDER).resolve("database"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    private static long bytesBelow(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
