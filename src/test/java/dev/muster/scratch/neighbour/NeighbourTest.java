package dev.muster.scratch.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that runs programs in a container, by every shell that an image may have. */
@Needs({"dash", "bash", "busybox"})
class NeighbourTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path shared;

    private Optional<Process> container = Optional.empty();

    @AfterEach
    void ends_the_container() {
        container.ifPresent(process -> process.destroyForcibly().onExit().join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void runs_fifty_programs_at_once_and_mixes_up_nothing(String shell) throws Exception {
        Neighbour neighbour = start(shell);
        List<Errand> errands = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            errands.add(neighbour.ask(script("read nothing; echo \"$0 $NUMBER\"; exit " + number, number)));
        }
        for (int number = 0; number < 50; number++) {
            assertThat(said(errands.get(number))).isEqualTo("program " + number + "\n");
            assertThat(errands.get(number).end()).isEqualTo(number);
        }
        await().untilAsserted(() -> assertThat(folders()).isEmpty());
        await().untilAsserted(() -> {
            // Whoever has ended is collected when the next one is.
            said(neighbour.ask(script(":", 0)));
            assertThat(container.orElseThrow().children().count()).isLessThan(5);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void takes_every_byte_as_it_is_and_keeps_none(String shell) throws Exception {
        Neighbour neighbour = start(shell);
        Errand errand = neighbour.ask(script("head -c 300000000 /dev/zero; printf '\\001\\377\\000end'", 0));

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
        String said = said(start(shell)
                .ask(new Script(
                        shared, Map.of("ONE", "it's\ntwo", "odd.name", "3", "PATH", path()), List.of("env", "-0"))));

        assertThat(said.split("\0")).contains("ONE=it's\ntwo", "odd.name=3", "PATH=" + path());
        assertThat(said).doesNotContain("OF_THE_CONTAINER", "KUBERNETES", "OLDPWD", "SHLVL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void stops_a_program_with_all_that_it_has_started(String shell) throws Exception {
        Neighbour neighbour = start(shell);
        Errand errand = neighbour.ask(script(
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
    void lets_what_a_program_has_left_behind_outlive_it(String shell) throws Exception {
        Neighbour neighbour = start(shell);
        Errand errand = neighbour.ask(script("sleep 305 > /dev/null 2>&1 & echo $!", 0));

        long left = Long.parseLong(said(errand).strip());

        assertThat(errand.end()).isZero();
        errand.stop();
        assertThat(ProcessHandle.of(left)).isPresent();
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_within_seconds_that_the_container_has_ended(String shell) throws Exception {
        Neighbour neighbour = start(shell);
        Errand errand = neighbour.ask(script("echo $$; exec sleep 306", 0));
        InputStream output = errand.output();
        long process = Long.parseLong(line(output));

        container.orElseThrow().destroyForcibly();

        assertThatThrownBy(errand::end)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
        assertThatThrownBy(() -> neighbour.ask(script(":", 0)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database has ended");
        assertThat(errand.exit()).hasValue(Neighbour.KILLED);
        errand.stop();
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void takes_its_programs_along_when_its_container_is_to_end(String shell) throws Exception {
        Errand errand = start(shell).ask(script("echo $$; exec sleep 307", 0));
        long process = Long.parseLong(line(errand.output()));

        container.orElseThrow().destroy();

        await().atMost(PATIENCE).until(() -> !container.orElseThrow().isAlive());
        await().until(() ->
                ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void says_when_nobody_is_there(String shell) throws Exception {
        assertThatThrownBy(() -> Neighbour.meet("database", shared, path -> {}, Duration.ofMillis(100)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The container database was not ready");
        start(shell).close();
        container.orElseThrow().destroyForcibly().onExit().join();

        Neighbour late = Neighbour.meet("database", shared, path -> {}, PATIENCE);
        await().until(() -> late.gone().isPresent());
    }

    private Neighbour start(String shell) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        Path home = Files.createDirectories(shared.resolve(Neighbour.FOLDER)).resolve("database");
        command.addAll(List.of("-c", agent(), "neighbour", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("OF_THE_CONTAINER", "two\nlines=of it");
        builder.environment().put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        container = Optional.of(builder.start());
        return Neighbour.meet("database", shared, path -> {}, PATIENCE);
    }

    private static String agent() throws IOException {
        try (InputStream script = Objects.requireNonNull(Neighbour.class.getResourceAsStream(Neighbour.SCRIPT))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Script script(String text, int number) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", path(), "NUMBER", String.valueOf(number)));
        return new Script(shared, environment, List.of("sh", "-c", text, "program"));
    }

    private static String path() {
        return "/usr/local/bin:/usr/bin:/bin";
    }

    private static String said(Errand errand) throws IOException {
        try (InputStream output = errand.output()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int read(InputStream output) {
        try {
            return output.read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String line(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = output.read(); next >= 0 && next != '\n'; next = output.read()) {
            line.append((char) next);
        }
        return line.toString();
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
