package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Programme;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill is told of all the others: nothing that was planned is left out of the count. */
class PastDrillsTest {
    private static final Instant DISASTER = Instant.parse("2026-11-01T03:00:00Z");
    private static final Instant NOW = DISASTER.plusSeconds(60);

    @TempDir
    Path folder;

    private Catalog catalog;

    @BeforeEach
    void opensACatalog() {
        catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("catalog"));
    }

    private Ledger ledger(Instant at) {
        return Ledger.open(folder.resolve("ledger"), Clock.fixed(at, ZoneOffset.UTC));
    }

    private void planned(String drill, String system, Instant at, Instant disaster) {
        ledger(at)
                .append(
                        EventKind.PLANNED,
                        drill,
                        new TreeMap<>(Map.of("system", system, "runbook", "sample", "disaster", disaster.toString())));
    }

    private void finished(String drill, String system, Instant at, Verdict verdict) {
        planned(drill, system, at, at);
        ledger(at).append(EventKind.STARTED, drill, Map.of());
        ledger(at).append(EventKind.FINISHED, drill, Map.of("verdict", verdict.name()));
    }

    private Programme around(String drill) {
        return around(new Notes(drill, request(), NOW.minusSeconds(50)));
    }

    private Programme around(Notes notes) {
        Figure figure = new Figure(Optional.empty(), Optional.of(Duration.ofMinutes(3)), "sample", Map.of());
        Result result = new Result(figure, figure, Map.of(), Optional.empty(), Verdict.PASSED);
        return new PastDrills(ledger(NOW), catalog, Optional.of("Example Ltd")).around(notes, NOW, result);
    }

    private static DrillRequest request() {
        return new DrillRequest(
                Sample.runbook(Map.of()),
                DISASTER,
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void counts_what_was_planned_in_twelve_months_whatever_became_of_it() {
        finished("long-ago", "sample-system", NOW.minus(Duration.ofDays(400)), Verdict.PASSED);
        finished("good", "sample-system", NOW.minus(Duration.ofDays(90)), Verdict.PASSED);
        finished("bad", "sample-system", NOW.minus(Duration.ofDays(60)), Verdict.FAILED);
        finished("unable", "other-system", NOW.minus(Duration.ofDays(30)), Verdict.COULD_NOT_RUN);
        ledger(NOW).append(EventKind.MISSED, "missed", Map.of("system", "sample-system", "runbook", "sample"));
        ledger(NOW).append(EventKind.PLANNED, "refused", Map.of("runbook", "odd.yaml"));
        ledger(NOW).append(EventKind.REFUSED, "refused", Map.of("mistakes", "3"));
        planned("killed", "sample-system", NOW, NOW);
        ledger(NOW).append(EventKind.ABORTED, "killed", Map.of("verdict", "ABORTED"));
        planned("this", "sample-system", NOW, DISASTER);
        ledger(NOW).append(EventKind.STARTED, "this", Map.of());

        Programme programme = around("this");

        assertThat(programme.since())
                .isEqualTo(NOW.atZone(ZoneOffset.UTC).minusMonths(12).toInstant());
        assertThat(programme.system()).isEqualTo(new Programme.Counts(5, 3, 2, 1, 0, 1, 1, 0));
        assertThat(programme.all()).isEqualTo(new Programme.Counts(7, 4, 2, 1, 1, 1, 1, 1));
        assertThat(programme.systems()).isEqualTo(2);
        assertThat(programme.proven()).isEqualTo(1);
    }

    @Test
    void a_system_whose_last_pass_is_older_than_a_year_is_not_covered() {
        finished("long-ago", "other-system", NOW.minus(Duration.ofDays(400)), Verdict.PASSED);
        planned("this", "sample-system", NOW, DISASTER);

        assertThat(around("this").systems()).isEqualTo(2);
        assertThat(around("this").proven()).as("the one that is just passing").isEqualTo(1);
    }

    @Test
    void every_try_for_a_disaster_counts_and_the_last_one_supersedes_the_one_before() {
        planned("first", "sample-system", DISASTER, DISASTER);
        ledger(DISASTER).append(EventKind.FINISHED, "first", Map.of("verdict", "FAILED"));
        planned("another-slot", "sample-system", DISASTER, DISASTER.minusSeconds(1));
        planned("this", "sample-system", NOW, DISASTER);
        planned("later", "sample-system", NOW, DISASTER);

        Programme programme = around("this");

        assertThat(programme.tries())
                .containsExactly(
                        new Programme.Try("first", DISASTER, Optional.of("FAILED")),
                        new Programme.Try("this", NOW, Optional.of("PASSED")));
        assertThat(programme.supersedes()).contains("first");
    }

    @Test
    void the_trend_is_the_last_twelve_drills_of_the_runbook_with_this_one_at_its_end() {
        planned("this", "sample-system", NOW, DISASTER);
        for (int number = 0; number < 15; number++) {
            remember("drill-" + number, "sample", DISASTER.minus(Duration.ofDays(30 - number)));
        }
        remember("of-another-runbook", "other", DISASTER);

        assertThat(around("this").trend())
                .hasSize(12)
                .startsWith(new Programme.Past(
                        "drill-4",
                        DISASTER.minus(Duration.ofDays(26)),
                        Verdict.FAILED,
                        Optional.of(Duration.ofMinutes(7)),
                        Optional.empty()))
                .endsWith(new Programme.Past(
                        "this",
                        NOW,
                        Verdict.PASSED,
                        Optional.of(Duration.ofMinutes(3)),
                        Optional.of(Duration.ofMinutes(3))));
    }

    @Test
    void a_catalog_that_cannot_be_asked_costs_the_trend_and_not_the_record() throws IOException {
        planned("this", "sample-system", NOW, DISASTER);
        Path file = folder.resolve("catalog.mv.db");
        Files.write(file, "no catalog any more".getBytes(StandardCharsets.UTF_8));
        Notes notes = new Notes("this", request(), NOW.minusSeconds(50));

        assertThat(around(notes).trend()).singleElement().returns("this", Programme.Past::drill);
        assertThat(notes.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().what()).contains("catalog could not be asked"));
    }

    @Test
    void the_outlook_rests_on_the_drills_before_and_on_this_one() {
        List<DrillFigures> before = new ArrayList<>();
        for (int month = 11; month > 0; month--) {
            Instant at = NOW.minus(Duration.ofDays(30L * month));
            remember("drill-" + month, "sample", at);
            before.add(figures("drill-" + month, at, 1200 - 20 * month));
        }
        before.forEach(new Figures(catalog)::remember);
        Notes notes = new Notes("this", request(), NOW.minusSeconds(50));
        PastDrills pastDrills = new PastDrills(ledger(NOW), catalog, Optional.empty());

        assertThat(pastDrills.outlook(notes, figures("this", NOW, 1200), NOW))
                .singleElement()
                .satisfies(forecast -> {
                    assertThat(forecast.drills()).isEqualTo(12);
                    assertThat(forecast.formula()).contains("to this (");
                });
        assertThat(notes.findings()).isEmpty();
    }

    @Test
    void a_catalog_that_cannot_be_asked_costs_the_outlook_and_is_named_once() throws IOException {
        Files.write(folder.resolve("catalog.mv.db"), "no catalog any more".getBytes(StandardCharsets.UTF_8));
        planned("this", "sample-system", NOW, DISASTER);
        Notes notes = new Notes("this", request(), NOW.minusSeconds(50));
        PastDrills pastDrills = new PastDrills(ledger(NOW), catalog, Optional.empty());
        around(notes);

        assertThat(pastDrills.outlook(notes, figures("this", NOW, 1200), NOW)).isEmpty();
        assertThat(notes.findings()).hasSize(1);
    }

    private static DrillFigures figures(String drill, Instant at, long seconds) {
        return new DrillFigures(
                new Outcome(
                        drill,
                        "sample",
                        "sample-system",
                        at,
                        Verdict.PASSED,
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(seconds)),
                        Optional.empty()),
                new Measured(
                        Optional.of(new ProcessFigures(
                                new Figure(Optional.empty(), Optional.empty(), "", Map.of()),
                                new Figure(Optional.empty(), Optional.of(Duration.ofSeconds(seconds)), "", Map.of()))),
                        Map.of()),
                Map.of(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private void remember(String drill, String runbook, Instant at) {
        catalog.remember(new DrillSummary(
                drill,
                runbook,
                "sample-system",
                at,
                Optional.of(at),
                Optional.of(at),
                Optional.of(Verdict.FAILED),
                at,
                Optional.of(Duration.ofMinutes(7)),
                Optional.empty(),
                "a summary",
                Optional.empty()));
    }
}
