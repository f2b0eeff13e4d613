package dev.muster.outlook.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Objectives;
import dev.muster.outlook.forecast.Histories.Family;
import dev.muster.outlook.forecast.Histories.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What forecasts say of histories whose newest drills they were not shown. */
class BackTest {
    private static final int SEEDS = 100;
    private static final List<Integer> LENGTHS = List.of(8, 12, 24);

    /** How often forecasts said something, and how often what came was what they said. */
    private static final class Score {
        int forecasts;
        int outcomes;
        int held;

        double share() {
            return held / (double) outcomes;
        }
    }

    private static Optional<Projection> wholeTime(List<DrillFigures> drills, Targets targets) {
        Subject wholeTime = Subject.all(drills, targets).get(0);
        return Projection.of(
                wholeTime, drills, drills.get(drills.size() - 1).outcome().ended());
    }

    private static void score(Family family, int drills, boolean gaps, long seed, Score score) {
        int held = drills / 4;
        List<DrillFigures> all = Histories.of(family, drills + held, gaps, seed).drills();
        wholeTime(all.subList(0, drills), Targets.NONE).ifPresent(projection -> {
            score.forecasts++;
            for (DrillFigures drill : all.subList(drills, all.size())) {
                Band band = projection.band(drill.outcome().ended());
                Duration came = drill.outcome().rto().orElseThrow();
                score.outcomes++;
                score.held += came.compareTo(band.low()) >= 0 && came.compareTo(band.high()) <= 0 ? 1 : 0;
            }
        });
    }

    private static Score score(Family family) {
        Score score = new Score();
        for (int drills : LENGTHS) {
            for (int seed = 0; seed < SEEDS; seed++) {
                score(family, drills, seed % 2 == 1, seed, score);
            }
        }
        return score;
    }

    @Test
    void nine_of_ten_outcomes_that_were_held_back_lie_in_the_interval() {
        int outcomes = 0;
        int held = 0;
        for (Family family : Family.values()) {
            Score score = score(family);
            outcomes += score.outcomes;
            held += score.held;
            assertThat(score.share()).as(family.name()).isGreaterThan(0.8);
            assertThat(score.forecasts).as(family.name()).isGreaterThan(LENGTHS.size() * SEEDS / 2);
        }
        assertThat(held / (double) outcomes).isBetween(0.88, 0.96);
    }

    private static Targets target(double seconds) {
        Duration limit = Duration.ofMillis(Math.round(seconds * 1000));
        return new Targets(Optional.of(new Objectives(limit, limit)), Map.of());
    }

    private static double highest(List<DrillFigures> drills) {
        return drills.stream()
                .mapToDouble(drill -> drill.outcome().rto().orElseThrow().toMillis() / 1000.0)
                .max()
                .orElseThrow();
    }

    @Test
    void no_breach_is_seen_where_nothing_grows() {
        List<String> seen = new ArrayList<>();
        int asked = 0;
        for (Family family : Family.values()) {
            for (int drills : LENGTHS) {
                for (int seed = 0; seed < SEEDS && !family.grows; seed++) {
                    List<DrillFigures> history =
                            Histories.of(family, drills, seed % 2 == 1, seed).drills();
                    for (double above : new double[] {1.02, 1.2, 1.5}) {
                        asked++;
                        wholeTime(history, target(highest(history) * above))
                                .flatMap(one -> one.forecast().breach())
                                .ifPresent(breach -> seen.add(family + " " + drills + " " + above));
                    }
                }
            }
        }
        assertThat(seen).as("of " + asked).hasSizeLessThan(asked / 1000);
    }

    @Test
    void a_breach_is_seen_near_its_day_where_growth_is_real() {
        for (Family family : List.of(Family.STRAIGHT, Family.BY_RATE, Family.STRAIGHT_WITH_OUTLIERS)) {
            List<Double> errors = new ArrayList<>();
            for (int seed = 0; seed < SEEDS; seed++) {
                History history = Histories.of(family, 24, seed % 2 == 1, seed);
                List<DrillFigures> drills = history.drills();
                double last = Histories.day(drills.get(23).outcome().ended());
                double limit = history.truth().seconds(last) * 1.3;
                double truly = last;
                while (history.truth().seconds(truly) < limit) {
                    truly++;
                }
                double expected = truly;
                wholeTime(drills, target(limit))
                        .flatMap(one -> one.forecast().breach())
                        .ifPresent(
                                breach -> errors.add(Math.abs(Histories.day(breach) - expected) / (expected - last)));
            }
            errors.sort(null);
            assertThat(errors).as(family.name()).hasSizeGreaterThan(SEEDS * 9 / 10);
            assertThat(errors.get(errors.size() / 2)).as(family.name()).isLessThan(0.15);
            assertThat(errors.get(errors.size() * 9 / 10)).as(family.name()).isLessThan(1.0);
        }
    }
}
