package dev.muster.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.PostgresServer;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.Stage;
import dev.muster.people.Role;
import dev.muster.schedule.calendar.Calendars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the first page and the figures behind it take, with ten thousand drills of five hundred systems. */
@Tag("long")
class OverviewSpeedTest {
    private static final int SYSTEMS = 500;
    private static final int DRILLS_OF_EACH = 20;
    private static final int WARMING = 30;
    private static final int MEASURED = 21;
    private static final String SHA256 = "a".repeat(64);

    @TempDir
    Path folder;

    private static Duration median(SampleEstate estate) throws Exception {
        for (int number = 0; number < SYSTEMS; number++) {
            String system = "system-" + number;
            estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook(system + "-monthly", system, SHA256)));
            estate.remember(system, system + "-monthly", SHA256, DRILLS_OF_EACH, Duration.ofDays(12), "PASSED");
            estate.plan(system + "-monthly", system, 2);
        }
        List<Duration> took = new ArrayList<>();
        for (int request = 0; request < WARMING + MEASURED; request++) {
            long begun = System.nanoTime();
            assertThat(estate.get("/?sort=rpo&page=" + (request % 10 + 1))).contains("of 500");
            took.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        List<Duration> warm =
                took.subList(WARMING, took.size()).stream().sorted().toList();
        return warm.get(MEASURED / 2);
    }

    /** The last twelve drills of all systems, each with three processes and six stages. */
    private static Duration series(Catalog catalog) {
        catalog.work(handle -> {
            for (Stage stage : List.of(Stage.PLAN, Stage.OPEN, Stage.FETCH, Stage.RESTORE, Stage.CHECK, Stage.CLOSE)) {
                handle.createUpdate("insert into drill_stage (drill, stage, seconds) select id, :stage, 7 from drill")
                        .bind("stage", stage.name())
                        .execute();
            }
            return catalog;
        });
        List<String> systems = IntStream.range(0, SYSTEMS)
                .mapToObj(number -> "system-" + number)
                .toList();
        List<Duration> took = new ArrayList<>();
        for (int round = 0; round < WARMING + MEASURED; round++) {
            long begun = System.nanoTime();
            assertThat(new Figures(catalog).series(systems, 12).values())
                    .hasSize(SYSTEMS)
                    .allMatch(drills ->
                            drills.size() == 12 && drills.get(0).stages().size() == 6);
            took.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return took.subList(WARMING, took.size()).stream().sorted().toList().get(MEASURED / 2);
    }

    @Test
    void overview_answers_within_a_tenth_of_a_second_from_a_file() throws Exception {
        Catalog catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
        try (SampleEstate estate = new SampleEstate(catalog, Calendars.NONE, Role.VIEWER)) {
            assertThat(median(estate)).isLessThan(Duration.ofMillis(100));
            assertThat(series(catalog)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void overview_answers_within_a_tenth_of_a_second_from_postgresql() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (PostgresServer server = new PostgresServer(folder.resolve("home"));
                Catalog catalog = Catalog.hold(
                        server.url(), Optional.of(PostgresServer.USER), Optional.of(PostgresServer.PASSWORD));
                SampleEstate estate = new SampleEstate(catalog, Calendars.NONE, Role.VIEWER)) {
            assertThat(median(estate)).isLessThan(Duration.ofMillis(100));
            assertThat(series(catalog)).isLessThan(Duration.ofSeconds(1));
        }
    }
}
