package dev.muster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.EventKind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerAcrossProcessesTest {
    private static final int PROCESSES = 3;
    private static final int THREADS = 4;
    private static final int EVENTS = 240;

    @TempDir
    Path folder;

    @Test
    void several_processes_write_one_chain() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < PROCESSES; number++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString(),
                            "process-" + number)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output-" + number).toFile())
                    .start());
        }
        for (int number = 0; number < PROCESSES; number++) {
            assertThat(processes.get(number).waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(processes.get(number).exitValue())
                    .as(folder.resolve("output-" + number).toString())
                    .isZero();
        }

        Ledger ledger = Ledger.open(folder.resolve("ledger"), Clock.systemUTC());
        assertThat(ledger.verify()).isEmpty();
        assertThat(ledger.events()).hasSize(PROCESSES * EVENTS);
    }

    @Test
    void nobody_writes_while_another_process_has_the_ledger() throws Exception {
        Path held = folder.resolve("ledger");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsTheLedger.class.getName(),
                        held.toString())
                .redirectError(folder.resolve("error").toFile())
                .start();
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            Ledger ledger = Ledger.open(held, Clock.systemUTC());
            AtomicBoolean letGoBefore = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                ledger.append(EventKind.MISSED, "d1", Map.of());
                letGoBefore.set(Files.exists(held.resolve("let-go")));
            });
            writer.start();
            await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
            assertThat(held.resolve("events.jsonl")).isEmptyFile();

            holder.getOutputStream().close();
            writer.join();
            assertThat(letGoBefore).isTrue();
            assertThat(ledger.events()).hasSize(1);
            assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            holder.destroyForcibly();
        }
    }

    /** One of the processes, with several threads of its own. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws InterruptedException {
            Ledger ledger = Ledger.open(Path.of(arguments[0], "ledger"), Clock.systemUTC());
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                String name = arguments[1] + "-" + number;
                threads.add(new Thread(() -> {
                    for (int event = 0; event < EVENTS / THREADS; event++) {
                        ledger.append(EventKind.PLANNED, name + "-" + event, Map.of());
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
