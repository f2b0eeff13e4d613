package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2CatalogTest extends CatalogContract {
    private static final int DRILLS = 6;

    @TempDir
    Path folder;

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("catalog");
    }

    @Override
    Catalog open() {
        return Catalog.open(url());
    }

    @Test
    void several_processes_use_one_file_in_turn() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            url(),
                            "process-" + number)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output-" + number).toFile())
                    .start());
        }
        try (Catalog catalog = open()) {
            for (int drill = 0; drill < DRILLS; drill++) {
                catalog.remember(planned("here-" + drill, "erp", drill));
            }
            for (int number = 0; number < 2; number++) {
                assertThat(processes.get(number).waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(processes.get(number).exitValue()).isZero();
            }
            assertThat(catalog.newest(Optional.empty(), 1000)).hasSize(3 * DRILLS);
        }
    }

    @Test
    void a_file_that_is_held_open_is_shared_with_processes_of_this_machine_and_user() throws Exception {
        try (Catalog held = Catalog.hold(url(), Optional.empty(), Optional.empty())) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            url(),
                            "other")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue())
                    .as(Files.readString(folder.resolve("output")))
                    .isZero();

            assertThat(held.newest(Optional.empty(), 100)).hasSize(DRILLS);
            Path key = folder.resolve("catalog.lock.db");
            Matcher server = Pattern.compile("server=.*:(\\d+)").matcher(Files.readString(key));
            assertThat(server.find()).isTrue();
            // Taken as well if it listened on every address of this machine.
            new ServerSocket(Integer.parseInt(server.group(1)), 1, InetAddress.getByName("127.0.0.2")).close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        assertThat(open().newest(Optional.empty(), 100)).hasSize(DRILLS);
    }

    /** Another process that remembers drills meanwhile. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (Catalog catalog = Catalog.open(arguments[0])) {
                for (int drill = 0; drill < DRILLS; drill++) {
                    catalog.remember(planned(arguments[1] + "-" + drill, "erp", drill));
                }
            }
        }
    }

    @Test
    void says_which_catalog_cannot_be_opened_and_never_shows_a_password() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.mv.db"), "this is no database".repeat(1000));
        assertThat(file).exists();

        assertThatThrownBy(() -> Catalog.open(
                        "jdbc:h2:file:" + folder.resolve("broken") + ";USER=sa;PASSWORD=letmein",
                        Optional.empty(),
                        Optional.of(new Secret("letmein"))))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(folder.resolve("broken").toString())
                .hasMessageContaining("catalog.url")
                .hasMessageNotContaining("letmein");
    }
}
