package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Figure;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Figure MET = figure(Optional.of(Duration.ofMinutes(5)));
    private static final Figure MISSED = figure(Optional.of(Duration.ofHours(5)));
    private static final Figure UNKNOWN = figure(Optional.empty());

    @Test
    void a_drill_whose_checks_passed_and_whose_targets_are_met_has_passed() {
        assertThat(judge(List.of(check(Verdict.PASSED)), MET, MET)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_drill_without_checks_has_not_passed() {
        assertThat(judge(List.of(), MET, MET)).isEqualTo(Verdict.COULD_NOT_RUN);
    }

    @Test
    void a_check_that_could_not_run_keeps_the_drill_from_passing() {
        assertThat(judge(List.of(check(Verdict.PASSED), check(Verdict.COULD_NOT_RUN)), MET, MET))
                .isEqualTo(Verdict.COULD_NOT_RUN);
    }

    @Test
    void what_is_bad_outweighs_what_is_unknown() {
        assertThat(judge(List.of(check(Verdict.COULD_NOT_RUN), check(Verdict.FAILED)), UNKNOWN, UNKNOWN))
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_missed_target_fails_the_drill_although_every_check_passed() {
        assertThat(judge(List.of(check(Verdict.PASSED)), MISSED, MET)).isEqualTo(Verdict.FAILED);
        assertThat(judge(List.of(check(Verdict.PASSED)), MET, MISSED)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_figure_that_was_not_measured_keeps_the_drill_from_passing() {
        assertThat(judge(List.of(check(Verdict.PASSED)), UNKNOWN, MET)).isEqualTo(Verdict.COULD_NOT_RUN);
    }

    @Test
    void a_process_that_misses_its_own_target_fails_the_drill() {
        Verdict verdict = Judgement.of(
                Optional.empty(),
                List.of(check(Verdict.PASSED)),
                MET,
                MET,
                List.of(new ProcessFigures(MET, MET), new ProcessFigures(MISSED, MET)));
        assertThat(verdict).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_stopped_drill_is_aborted_whatever_was_seen_so_far() {
        Verdict verdict =
                Judgement.of(Optional.of(Verdict.ABORTED), List.of(check(Verdict.FAILED)), MET, MET, List.of());
        assertThat(verdict).isEqualTo(Verdict.ABORTED);
    }

    private static Verdict judge(List<CheckResult> checks, Figure rpo, Figure rto) {
        return Judgement.of(Optional.empty(), checks, rpo, rto, List.of());
    }

    private static Figure figure(Optional<Duration> achieved) {
        return new Figure(Optional.of(Duration.ofHours(1)), achieved, "b − a", Map.of());
    }

    private static CheckResult check(Verdict verdict) {
        Optional<Problem> problem =
                verdict == Verdict.PASSED ? Optional.empty() : Optional.of(new Problem("broken", "there", "Mend it."));
        return new CheckResult(
                "any", "check: any", verdict, Instant.EPOCH, Instant.EPOCH, Map.of("rows", "1"), problem, List.of());
    }
}
