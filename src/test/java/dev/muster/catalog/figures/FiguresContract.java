package dev.muster.catalog.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Verdict;
import dev.muster.evidence.Records;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.orchestrator.written.WrittenDrill;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What figures over past drills are, on whatever database they lie in. */
abstract class FiguresContract {
    private static final Instant FIRST = Instant.parse("2026-01-01T03:00:00Z");

    private Catalog catalog;
    private Figures figures;

    abstract Catalog open();

    @BeforeEach
    void opens() {
        catalog = open();
        figures = new Figures(catalog);
    }

    @AfterEach
    void closes() {
        catalog.close();
    }

    private void drill(String id, String runbook, String system, int day, Optional<Verdict> verdict) {
        Instant planned = FIRST.plus(Duration.ofDays(day));
        catalog.remember(new DrillSummary(
                id,
                runbook,
                system,
                planned,
                Optional.of(planned),
                verdict.map(ended -> planned.plusSeconds(60)),
                verdict,
                planned,
                Optional.of(Duration.ofMillis(90_500)),
                Optional.empty(),
                "",
                Optional.empty()));
    }

    private static List<String> ids(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::drill).toList();
    }

    @Test
    void the_last_that_passed_is_found_for_each_runbook_of_each_system() {
        drill("a1", "monthly", "erp", 1, Optional.of(Verdict.PASSED));
        drill("a2", "monthly", "erp", 2, Optional.of(Verdict.PASSED));
        drill("a3", "monthly", "erp", 3, Optional.of(Verdict.FAILED));
        drill("a4", "monthly", "erp", 4, Optional.empty());
        drill("b1", "weekly", "erp", 1, Optional.of(Verdict.PASSED));
        drill("c1", "monthly", "crm", 1, Optional.of(Verdict.COULD_NOT_RUN));

        assertThat(ids(figures.lastPassed())).containsExactlyInAnyOrder("a2", "b1");
        Outcome last = figures.lastPassed().stream()
                .filter(one -> one.drill().equals("a2"))
                .findFirst()
                .orElseThrow();
        assertThat(last.ended()).isEqualTo(FIRST.plus(Duration.ofDays(2)).plusSeconds(60));
        assertThat(last.rpo()).contains(Duration.ofMillis(90_500));
        assertThat(last.rto()).isEmpty();
        assertThat(last.runbookSha256()).isEmpty();
    }

    @Test
    void a_trend_has_the_newest_drills_of_each_system_that_was_asked_for_oldest_first() {
        for (int day = 0; day < Figures.TREND + 3; day++) {
            drill("e%02d".formatted(day), "monthly", "erp", day, Optional.of(Verdict.FAILED));
        }
        drill("open", "monthly", "erp", 50, Optional.empty());
        drill("c1", "monthly", "crm", 1, Optional.of(Verdict.PASSED));
        drill("w1", "monthly", "wiki", 1, Optional.of(Verdict.PASSED));

        Map<String, List<Outcome>> trends = figures.lastEnded(List.of("erp", "crm", "unknown"));

        assertThat(trends).containsOnlyKeys("erp", "crm");
        assertThat(ids(trends.getOrDefault("erp", List.of())))
                .hasSize(Figures.TREND)
                .startsWith("e03")
                .endsWith("e14")
                .isSorted();
        assertThat(figures.lastEnded(List.of())).isEmpty();
        assertThat(ids(figures.ended("erp", 2))).containsExactly("e14", "e13");
    }

    @Test
    void what_a_drill_measured_comes_back_with_targets_and_formulas() {
        DrillFigures kept = remember(Records.passed());

        Measured measured = figures.measured(List.of(kept.outcome().drill(), "unknown"))
                .getOrDefault(kept.outcome().drill(), Measured.NOTHING);

        assertThat(measured).isEqualTo(kept.measured());
        assertThat(measured.processes()).hasSize(2);
        assertThat(measured.system()).isPresent();
        assertThat(figures.lastPassed().get(0).runbookSha256())
                .isPresent()
                .isEqualTo(kept.outcome().runbookSha256());
        assertThat(figures.verdicts(List.of(kept.outcome().drill(), "unknown")))
                .isEqualTo(Map.of(kept.outcome().drill(), Verdict.PASSED));
    }

    @Test
    void a_series_has_all_that_is_known_of_each_drill_oldest_first() {
        drill("a1", "monthly", "erp", -400, Optional.of(Verdict.PASSED));
        drill("a2", "monthly", "erp", -401, Optional.of(Verdict.PASSED));
        drill("open", "monthly", "erp", 3, Optional.empty());
        DrillFigures kept = remember(Records.proven());
        String system = kept.outcome().system();
        drill("before", "monthly", system, -2, Optional.of(Verdict.FAILED));

        Map<String, List<DrillFigures>> series = figures.series(List.of("erp", system, "unknown"), 2);

        assertThat(series).containsOnlyKeys("erp", system);
        assertThat(series.getOrDefault("erp", List.of()))
                .extracting(one -> one.outcome().drill())
                .containsExactly("a2", "a1");
        DrillFigures bare = series.getOrDefault(system, List.of()).get(0);
        assertThat(bare.stages()).isEmpty();
        assertThat(bare.bytes()).isEmpty();
        assertThat(bare.detection()).isEmpty();
        assertThat(series.getOrDefault(system, List.of()).get(1)).isEqualTo(kept);
        assertThat(kept.stages()).hasSizeGreaterThan(4);
        assertThat(kept.detection()).hasValue(0.5);
        assertThat(figures.series(List.of(system), 1).getOrDefault(system, List.of()))
                .containsExactly(kept);
        assertThat(figures.since(FIRST.minus(Duration.ofDays(3))))
                .extracting(one -> one.outcome().drill())
                .containsExactly("before", kept.outcome().drill());
        assertThat(figures.since(FIRST).get(0)).isEqualTo(kept);
        assertThat(figures.series(List.of(), 2)).isEmpty();
    }

    @Test
    void actions_of_all_drills_come_in_the_order_in_which_they_began() {
        drill("a1", "monthly", "erp", 1, Optional.of(Verdict.FAILED));
        drill("c1", "monthly", "crm", 1, Optional.of(Verdict.FAILED));
        Actions actions = new Actions(catalog);
        Action late = new Action(
                "a1",
                "erp",
                "2",
                "Nobody was told \u2192 ever",
                Optional.of("Kim"),
                FIRST.plusSeconds(9),
                Optional.of(LocalDate.parse("2026-02-28")),
                Optional.empty());
        Action early = new Action(
                "c1",
                "crm",
                "1",
                "It is slow",
                Optional.empty(),
                FIRST,
                Optional.empty(),
                Optional.of(FIRST.plusSeconds(7)));
        actions.remember("a1", List.of(early));
        actions.remember("a1", List.of(late));
        actions.remember("c1", List.of(early));

        assertThat(actions.all()).containsExactly(early, late);
        actions.remember("a1", List.of());
        assertThat(actions.all()).containsExactly(early);
    }

    private DrillFigures remember(DrillRecord record) {
        WrittenDrill written = WrittenDrill.of(WrittenRecord.of(record));
        catalog.remember(written.summary(Optional.empty()));
        figures.remember(written.figures());
        figures.remember(written.figures());
        return written.figures();
    }
}
