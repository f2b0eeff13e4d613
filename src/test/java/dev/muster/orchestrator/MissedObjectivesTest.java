package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissedObjectivesTest {
    private static final Figure MET = figure(Duration.ofMinutes(60));
    private static final Figure MISSED = figure(Duration.ofMinutes(150));
    private static final Figure UNKNOWN =
            new Figure(Optional.of(Duration.ofHours(1)), Optional.empty(), "b − a", Map.of());

    @Test
    void a_missed_objective_says_by_how_much_where_it_stands_and_what_to_do() {
        assertThat(MissedObjectives.of(
                        Sample.runbook(Map.of()), MET, MET, Map.of("orders", new ProcessFigures(MISSED, MET))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what())
                            .isEqualTo("The process orders would have lost 2 h 30 min, and may at most 1 h");
                    assertThat(problem.where()).isEqualTo("processes.orders.rpo in sample.yaml");
                    assertThat(problem.remedy()).contains("Back up more often", "--at");
                });
    }

    @Test
    void a_slow_recovery_points_to_the_timeline() {
        assertThat(MissedObjectives.of(Sample.runbook(Map.of()), MET, MISSED, Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("The whole system would have stood still for 2 h 30 min", "timeline"));
    }

    @Test
    void what_is_met_or_unknown_is_not_missed() {
        assertThat(MissedObjectives.of(
                        Sample.runbook(Map.of()), MET, UNKNOWN, Map.of("orders", new ProcessFigures(UNKNOWN, MET))))
                .isEmpty();
    }

    private static Figure figure(Duration achieved) {
        return new Figure(Optional.of(Duration.ofHours(1)), Optional.of(achieved), "b − a", Map.of());
    }
}
