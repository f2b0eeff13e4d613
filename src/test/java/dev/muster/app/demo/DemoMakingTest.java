package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Progress;
import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.postgres.Servers;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a sample estate comes to be, and what is left of it however it ends. */
class DemoMakingTest {
    @TempDir
    private Path folder;

    private Scratches scratches;

    @BeforeEach
    void has_scratches() {
        scratches = new Scratches(folder.resolve("scratches"), Optional.empty(), Optional.empty(), Clock.systemUTC());
    }

    @Test
    void no_installed_postgres_is_needed() throws Exception {
        Scratches bundled = new Scratches(
                folder.resolve("bundled"),
                Optional.empty(),
                Optional.empty(),
                Clock.systemUTC(),
                new Servers(List.of()));
        try (DemoEstate other =
                DemoEstate.prepare(folder.resolve("without"), Clock.systemUTC(), bundled, Progress.SILENT, 400)) {
            assertThat(other.archivePrefix()).isEmpty();
            assertThat(other.config().resolveSibling("s3/demo-backups/odoo/db"))
                    .isDirectoryContaining("glob:**Z.sql.gz");
        }
    }

    @Test
    void a_folder_with_other_files_is_refused() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "");
        assertThatThrownBy(() -> DemoEstate.prepare(other, Clock.systemUTC(), scratches, Progress.SILENT))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(other.toString());
        assertThat(other.resolve("thesis.txt")).exists();
    }

    @Test
    void a_folder_that_another_demonstration_uses_is_refused() throws Exception {
        Path used = folder.resolve("used");
        try (DemoEstate running = DemoEstate.prepare(used, Clock.systemUTC(), scratches, Progress.SILENT, 400)) {
            assertThatThrownBy(() -> DemoEstate.prepare(used, Clock.systemUTC(), scratches, Progress.SILENT, 400))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("Another demonstration is running")
                    .hasMessageContaining("--dir");
            assertThat(running.config()).exists();
        }
    }

    @Test
    void what_a_killed_demonstration_left_is_removed_by_the_next() throws Exception {
        Path home = folder.resolve("home of the killed");
        Scratches own = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC());
        String killed = own.openHere(
                        "demo-estate",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(1), OptionalLong.empty()))
                .id();
        Path marker = home.resolve("scratches").resolve(killed + ".json");
        Files.writeString(
                marker,
                Files.readString(marker)
                        .replaceAll("\\b" + ProcessHandle.current().pid() + "\\b", "99999999"));
        assertThat(own.list()).singleElement().matches(scratch -> !scratch.owned());

        DemoEstate.prepare(folder.resolve("after the killed"), Clock.systemUTC(), own, Progress.SILENT, 400)
                .close();

        assertThat(own.list()).isEmpty();
    }

    @Test
    void an_interrupt_ends_it_within_seconds_and_leaves_neither_scratch_nor_backup() throws Exception {
        Path place = folder.resolve("interrupted");
        Scratches own = new Scratches(
                folder.resolve("interrupted-scratches"), Optional.empty(), Optional.empty(), Clock.systemUTC());
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                DemoEstate.prepare(place, Clock.systemUTC(), own, Progress.SILENT)
                        .close();
            } catch (Throwable thrown) {
                outcome.set(thrown);
            }
        });
        thread.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(place.resolve("production/files/odoo")));
        thread.interrupt();
        thread.join(Duration.ofSeconds(10).toMillis());
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(own.list()).isEmpty();
        assertThat(place.resolve("s3")).doesNotExist();
        assertThat(place.resolve("production")).doesNotExist();
    }

    @Test
    void a_closed_estate_listens_no_more_and_its_folder_serves_again() throws Exception {
        Path place = folder.resolve("again");
        DemoEstate first = DemoEstate.prepare(place, Clock.systemUTC(), scratches, Progress.SILENT, 400);
        first.close();
        assertThatThrownBy(() -> new Socket(
                                InetAddress.getLoopbackAddress(),
                                first.endpoint().getPort())
                        .close())
                .isInstanceOf(ConnectException.class);
        try (DemoEstate second = DemoEstate.prepare(place, Clock.systemUTC(), scratches, Progress.SILENT, 400)) {
            assertThat(second.secretKey().reveal())
                    .isNotEqualTo(first.secretKey().reveal());
            assertThat(second.backedUp()).isAfter(first.backedUp());
        }
    }
}
