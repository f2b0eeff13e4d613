package dev.muster.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.people.Role;
import dev.muster.schedule.calendar.Calendars;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the page for those who manage takes, as a browser sees it, where there is no evidence to read at all. */
@Tag("long")
class ManagementSpeedTest {
    private static final int SYSTEMS = 500;
    private static final int WARMING = 20;
    private static final int MEASURED = 11;
    private static final String SHA256 = "a".repeat(64);

    @TempDir
    Path folder;

    @Test
    void management_answers_within_half_a_second_for_five_hundred_systems() throws Exception {
        Catalog catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("catalog"), Optional.empty(), Optional.empty());
        try (SampleEstate estate = new SampleEstate(catalog, Calendars.NONE, Role.VIEWER)) {
            for (int number = 0; number < SYSTEMS; number++) {
                String system = "system-" + number;
                estate.shelf.add(SampleEstate.shelved(SampleEstate.runbook(system + "-monthly", system, SHA256)));
                estate.remember(system, system + "-monthly", SHA256, 20, Duration.ofDays(12), "PASSED");
            }
            List<Duration> took = new ArrayList<>();
            for (int request = 0; request < WARMING + MEASURED; request++) {
                long begun = System.nanoTime();
                assertThat(estate.get("/management")).contains("of 1500 business processes");
                took.add(Duration.ofNanos(System.nanoTime() - begun));
            }
            assertThat(took.subList(WARMING, took.size()).stream()
                            .sorted()
                            .toList()
                            .get(MEASURED / 2))
                    .as("of %s", took)
                    .isLessThan(Duration.ofMillis(500));
        }
    }
}
