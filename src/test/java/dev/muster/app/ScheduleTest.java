package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.runbook.Misprints;
import dev.muster.schedule.RunbookFolder;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schedule as the command line shows and examines it, without a service. */
class ScheduleTest {
    @TempDir
    Path folder;

    private final TurnedClock clock = TurnedClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private RunbookFolder runbooks;
    private String out = "";
    private String err = "";

    @BeforeEach
    void writesSettings() throws IOException {
        runbooks = new RunbookFolder(folder.resolve("runbooks"));
        Files.writeString(
                folder.resolve("muster.yaml"),
                "home: home\nrunbooks: runbooks\nvaults: { primary: { bucket: backups } }\n");
        Files.createDirectories(folder.resolve("calendars"));
        Files.writeString(
                folder.resolve("calendars/closing.yaml"),
                "apiVersion: muster.dev/v1\nwindows: [{ title: Closing, month: day 1 }]");
    }

    private int muster(String... arguments) {
        Playground.Outcome outcome = Playground.muster(folder.resolve("muster.yaml"), clock, arguments);
        out = outcome.out();
        err = outcome.err();
        return outcome.exit();
    }

    @Test
    void the_next_slots_are_shown_with_what_forbids_them() throws IOException {
        runbooks.write("shop", "{ cron: \"0 0 3 1,2 * ?\", zone: Europe/Berlin, avoid: [closing] }");

        assertThat(muster("schedule", "--until", "15d")).isZero();
        assertThat(out.lines())
                .anyMatch(
                        line -> line.matches(
                                "2026-12-01 02:00:00 UTC +shop +shop-system +FORBIDDEN +closing \\(Closing\\) until 2026-12-01T23:00:00Z"))
                .anyMatch(line -> line.matches("2026-12-02 02:00:00 UTC +shop +shop-system +COMING"))
                .anyMatch(line -> line.matches("shop-system +never"));
        assertThat(err).isEmpty();
    }

    @Test
    void the_schedule_is_a_document_where_one_is_asked_for() throws IOException {
        runbooks.write(
                "shop", "{ on: first Sunday, at: \"03:00\" }", "objectives: { rpo: 1h, rto: 4h, provenEvery: 40d }");

        assertThat(muster("schedule", "--json")).isZero();
        JsonNode document = JsonMapper.shared().readTree(out);
        assertThat(document.path("next").path(0).path("due").asString()).isEqualTo("2026-12-06T03:00:00Z");
        assertThat(document.path("systems").path(0).path("overdue").asBoolean()).isFalse();
        assertThat(document.path("systems").path(0).path("provenEverySeconds").asDouble())
                .isEqualTo(40 * 86400.0);
    }

    @Test
    void what_became_of_slots_while_nobody_looked_is_shown() throws IOException {
        runbooks.write("shop", "{ cron: \"0 0 * * * ?\" }");
        try (Wiring wiring = wiring()) {
            wiring.slotKeeping().look(clock.instant());
            clock.to(clock.instant().plusSeconds(2 * 3600));
            wiring.watch(wiring.slotKeeping()).look(clock.instant());
        }

        assertThat(muster("schedule", "--until", "1d")).isZero();
        assertThat(out)
                .containsPattern("2026-11-21 13:00:00 UTC +shop +shop-system +MISSED +nobody looked at the schedule");
    }

    private Wiring wiring() {
        try {
            return new Wiring(
                    Settings.read(Optional.of(folder.resolve("muster.yaml")), Optional.empty(), Map.of()), clock);
        } catch (Misprints wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Test
    void lint_finds_what_is_wrong_with_schedules_and_calendars() throws IOException {
        runbooks.write("shop", "{ on: frist Sunday, at: \"03:00\" }");
        assertThat(muster("lint")).isEqualTo(2);
        assertThat(err).contains("shop.yaml:6:17: `schedule.on` is `frist Sunday`", "Did you mean `first Sunday`?");

        runbooks.write("shop", "{ on: first Sunday, at: \"03:00\", avoid: [closng] }");
        assertThat(muster("lint", "shop")).isEqualTo(2);
        assertThat(err).contains("shop.yaml:6:", "Did you mean `closing`?");

        runbooks.write("shop", "{ on: first Sunday, at: \"03:00\", avoid: [closing] }");
        assertThat(muster("lint")).isZero();

        Files.writeString(folder.resolve("calendars/closing.yaml"), "apiVersion: muster.dev/v1\nwindow: []");
        assertThat(muster("lint")).isEqualTo(2);
        assertThat(err).contains("closing.yaml:2:1: ", "Did you mean `windows`?");
    }
}
