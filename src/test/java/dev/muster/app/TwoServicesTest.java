package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.PostgresServer;
import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services share a catalog in PostgreSQL and a home, and one of them is killed. */
@Needs({"pg_dump", "pg_restore"})
class TwoServicesTest {
    @TempDir
    Path folder;

    private PostgresServer server;
    private Playground playground;
    private Catalog catalog;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = new PostgresServer(folder.resolve("catalog-home"));
        playground = new Playground(Files.createDirectory(folder.resolve("muster")));
        playground.s3.put(Playground.BUCKET, "db/shop.dump", new SmallEstate(folder.resolve("making")).customDump());
        Files.writeString(playground.folder.resolve("secrets/catalog"), PostgresServer.PASSWORD.reveal());
        Files.writeString(
                playground.folder.resolve("muster.yaml"),
                """
                catalog: { url: "%s", user: %s, password: "${secret:catalog}" }
                """.formatted(server.url(), PostgresServer.USER),
                StandardOpenOption.APPEND);
        catalog = Catalog.open(server.url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
    }

    @AfterEach
    void close() {
        playground.close();
        server.close();
    }

    @Test
    void each_slot_comes_to_exactly_one_end_while_a_service_is_killed() throws Exception {
        proves(4, 8, 20, 1);
    }

    @Test
    @Tag("long")
    void each_of_a_hundred_slots_comes_to_exactly_one_end_while_services_are_killed() throws Exception {
        proves(10, 100, 30, 4);
    }

    /**
     * Lets two services fill slots.
     *
     * @param runbooks each with a system of its own and a slot every so many seconds
     */
    private void proves(int runbooks, int enough, int seconds, int kills) throws Exception {
        for (int runbook = 0; runbook < runbooks; runbook++) {
            runbook(runbook, "schedule: { cron: \"0/" + seconds + " * * * * ?\" }");
        }
        Random random = new Random();
        Process[] services = {service(0), service(1)};
        try {
            for (int kill = 0; kill < kills; kill++) {
                Duration moment = Duration.ofMillis(seconds * 1000L + random.nextInt(seconds * 1000));
                Instant due = Instant.now().plus(moment);
                await().atMost(moment.plusSeconds(10)).until(() -> Instant.now().isAfter(due));
                int victim = random.nextInt(2);
                services[victim].destroyForcibly().waitFor();
                services[victim] = service(victim);
            }
            await().atMost(Duration.ofMinutes(20)).until(() -> taken().size() >= enough);
            for (int runbook = 0; runbook < runbooks; runbook++) {
                runbook(runbook, "");
            }
            Instant last = Instant.now().plusSeconds(seconds);
            await().atMost(Duration.ofMinutes(10))
                    .until(() ->
                            new Queue(catalog).open().isEmpty() && Instant.now().isAfter(last));
        } finally {
            for (Process service : services) {
                service.destroy();
            }
            for (Process service : services) {
                service.waitFor();
            }
        }

        assertThat(services).extracting(Process::exitValue).containsOnly(0);
        List<LedgerEvent> events = Ledger.open(playground.folder.resolve("home/ledger"), Clock.systemUTC())
                .events();
        for (Slot slot : taken()) {
            assertThat(ends(events, slot)).as("%s", slot).hasSize(1);
        }
        assertThat(slots()).noneMatch(slot -> slot.state() == Slot.State.MISSED);
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
    }

    private List<Slot> slots() {
        return new Slots(catalog).between(Instant.EPOCH, Instant.now().plusSeconds(1));
    }

    private List<Slot> taken() {
        return slots().stream().filter(slot -> slot.state() == Slot.State.TAKEN).toList();
    }

    /** The drills of a slot that came to an end of their own, all of which passed. */
    private List<DrillSummary> ends(List<LedgerEvent> events, Slot slot) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.PLANNED)
                .filter(planned -> slot.runbook().equals(planned.details().get("runbook"))
                        && slot.due().toString().equals(planned.details().get("slot")))
                .flatMap(planned -> catalog.find(planned.drill()).stream())
                .filter(drill -> !drill.verdict().equals(Optional.of(Verdict.ABORTED)))
                .peek(drill -> assertThat(drill.verdict()).as("%s", drill).contains(Verdict.PASSED))
                .toList();
    }

    private Process service(int number) throws IOException {
        Process process = playground.start("serve", "--port", "0");
        Path said = playground.folder.resolve("err");
        await().atMost(Duration.ofSeconds(90))
                .until(() -> !process.isAlive() || Files.readString(said).contains("Muster is at "));
        assertThat(process.isAlive())
                .as("service %s: %s", number, Files.readString(said))
                .isTrue();
        // It goes on writing there, and the next one gets a file of its own.
        Files.move(said, playground.folder.resolve("said-by-" + process.pid()));
        return process;
    }

    private void runbook(int number, String schedule) throws IOException {
        Path written = playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        String text = Files.readString(written)
                .replace("name: trial", "name: trial-" + number + "\n" + schedule)
                .replace("system: trial-system", "system: system-" + number);
        Path fresh = playground.folder.resolve("trial-" + number + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh,
                playground.folder.resolve("trial-" + number + ".yaml"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(written);
    }
}
