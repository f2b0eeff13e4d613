package dev.muster.outlook.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Forecast;
import dev.muster.drill.Objectives;
import dev.muster.drill.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Forecasts say what their drills bear, and nothing more. */
class ForecastsTest {
    private static final double MONTH = 30;
    private static final Duration HOUR = Duration.ofHours(1);

    /** Drills a month apart that vary by a percent. */
    private static List<DrillFigures> monthly(int drills, DoubleUnaryOperator seconds) {
        List<DrillFigures> series = new ArrayList<>();
        for (int number = 0; number < drills; number++) {
            series.add(drill(number, number * MONTH, seconds.applyAsDouble(number)));
        }
        return series;
    }

    private static DrillFigures drill(int number, double day, double seconds) {
        double wobble = 1 + new double[] {0.01, -0.01, 0.006, -0.004, -0.008}[number % 5];
        return drill(number, day, Optional.of(seconds * wobble), Histories.MACHINE);
    }

    private static DrillFigures drill(int number, double day, Optional<Double> seconds, String machine) {
        return Histories.drill(number, Histories.at(day), seconds, OptionalLong.empty(), machine);
    }

    private static List<Forecast> forecasts(List<DrillFigures> series, Duration target) {
        Objectives objectives = new Objectives(target, target);
        return Forecasts.of(series, new Targets(Optional.of(objectives), Map.of("orders", objectives)), after(series));
    }

    private static Instant after(List<DrillFigures> series) {
        return series.get(series.size() - 1).outcome().ended().plusSeconds(60);
    }

    private static Optional<Forecast> wholeOf(List<Forecast> forecasts) {
        return forecasts.stream()
                .filter(one -> one.of() == Forecast.Of.RTO)
                .filter(one -> one.process().isEmpty() && one.stage().isEmpty())
                .findFirst();
    }

    private static Forecast whole(List<DrillFigures> series) {
        return wholeOf(forecasts(series, HOUR)).orElseThrow();
    }

    @Test
    void every_figure_is_forecast_the_whole_its_stages_and_each_process() {
        List<Forecast> forecasts = forecasts(monthly(12, x -> 1000 + 50 * x), HOUR);

        assertThat(forecasts.stream()
                        .map(one -> one.process().orElse("") + " " + one.of() + " "
                                + one.stage().map(Stage::label).orElse("")))
                .containsExactly(" RTO ", " RTO fetch", " RPO ", "orders RTO ", "orders RPO ");
        assertThat(forecasts).allSatisfy(one -> {
            assertThat(one.system()).isEqualTo("shop");
            assertThat(one.low()).isLessThan(one.expected());
            assertThat(one.high()).isGreaterThan(one.expected());
            assertThat(one.drills()).isEqualTo(12);
        });
    }

    @Test
    void growth_goes_on_and_passes_its_target_on_a_day() {
        Forecast forecast = whole(monthly(12, x -> 1000 + 100 * x));

        // 3600 seconds are reached 26 months after the first drill, 15 after the last one.
        assertThat(Histories.day(forecast.breach().orElseThrow())).isCloseTo(26 * MONTH, within(20.0));
        assertThat(forecast.expected()).isBetween(Duration.ofMinutes(39), Duration.ofMinutes(41));
        assertThat(forecast.target()).contains(HOUR);
        assertThat(forecast.formula())
                .contains("a straight line of")
                .contains("from 12 drills, drill-0 (2024-01-07) to drill-11 (2024-12-02)")
                .contains("nine of ten outcomes")
                .contains("it rises")
                .contains("the middle passes the target on 2026-0");
    }

    @Test
    void a_day_far_beyond_what_was_seen_is_not_given() {
        assertThat(whole(monthly(12, x -> 1000 + 70 * x)).breach()).isEmpty();
    }

    @Test
    void what_stays_as_it_is_is_expected_to_stay() {
        Forecast forecast = whole(monthly(12, x -> 1000));

        assertThat(forecast.breach()).isEmpty();
        assertThat(forecast.expected()).isBetween(Duration.ofSeconds(990), Duration.ofSeconds(1010));
        assertThat(forecast.formula()).contains("no growth is sure");
    }

    @Test
    void nothing_is_said_on_few_drills_or_on_a_few_days() {
        assertThat(forecasts(monthly(5, x -> 1000), HOUR)).isEmpty();
        assertThat(wholeOf(forecasts(monthly(6, x -> 1000), HOUR))).isPresent();
        assertThat(Forecasts.of(List.of(), Targets.NONE, Histories.BEGIN)).isEmpty();
        List<DrillFigures> hourly = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            hourly.add(drill(number, number / 24.0, 1000));
        }
        assertThat(forecasts(hourly, HOUR)).isEmpty();
    }

    @Test
    void nothing_is_said_by_drills_of_long_ago() {
        List<DrillFigures> series = monthly(12, x -> 1000);
        Instant muchLater = after(series).plus(Duration.ofDays(400));

        assertThat(Forecasts.of(series, Targets.NONE, muchLater)).isEmpty();
    }

    @Test
    void nothing_is_said_where_anything_may_come() {
        assertThat(wholeOf(forecasts(monthly(12, x -> x % 3 == 0 ? 40 : x % 3 == 1 ? 4000 : 400), HOUR)))
                .isEmpty();
    }

    @Test
    void a_drill_that_measured_nothing_is_no_value() {
        List<DrillFigures> series = monthly(12, x -> 1000 + 100 * x);
        series.add(5, drill(99, 4.5 * MONTH, Optional.empty(), Histories.MACHINE));

        assertThat(whole(series).drills()).isEqualTo(12);
    }

    @Test
    void gaps_are_times() {
        List<DrillFigures> series = monthly(26, x -> 1000 + 50 * x);
        series.removeIf(drill -> {
            int number = Integer.parseInt(drill.outcome().drill().substring(6));
            return number > 3 && number < 14;
        });

        assertThat(Histories.day(whole(series).breach().orElseThrow())).isCloseTo(52 * MONTH, within(60.0));
    }

    @Test
    void only_drills_on_the_machine_of_today_count() {
        List<DrillFigures> series = monthly(10, x -> 4000);
        for (int number = 10; number < 17; number++) {
            series.add(drill(
                    number, number * MONTH, Optional.of(1000.0 + number % 2), "32 processors, 128 GiB, Linux x86_64"));
        }

        assertThat(whole(series).drills()).isEqualTo(7);
        assertThat(whole(series).expected()).isLessThan(Duration.ofSeconds(1100));
        assertThat(whole(series).formula()).contains("without 10 before");
        assertThat(wholeOf(forecasts(series.subList(0, 13), HOUR)))
                .as("three drills on the new machine")
                .isEmpty();
    }

    @Test
    void another_machine_starts_anew_even_where_it_takes_as_long() {
        List<DrillFigures> series = monthly(10, x -> 1000);
        for (int number = 10; number < 13; number++) {
            series.add(drill(number, number * MONTH, Optional.of(1000.0 + number % 2), "another machine"));
        }

        assertThat(wholeOf(forecasts(series, HOUR))).isEmpty();
    }

    @Test
    void a_jump_that_nobody_told_of_starts_anew() {
        List<DrillFigures> series = monthly(20, x -> x < 10 ? 1000 : 1900);

        assertThat(whole(series).drills()).isEqualTo(10);
        assertThat(whole(series).breach()).isEmpty();
    }

    @Test
    void an_outlier_bends_nothing_and_widens_the_interval() {
        List<DrillFigures> straight = monthly(16, x -> 1000 + 80 * x);
        List<DrillFigures> slowOnce = monthly(16, x -> (1000 + 80 * x) * (x == 12 ? 2 : 1));

        assertThat(whole(slowOnce).expected().toSeconds())
                .isCloseTo(whole(straight).expected().toSeconds(), within(40L));
        assertThat(whole(slowOnce).high()).isGreaterThan(whole(straight).high());
        assertThat(whole(slowOnce).breach()).isPresent();
    }

    @Test
    void what_is_missed_already_is_measured_and_not_forecast() {
        List<DrillFigures> series = monthly(12, x -> 3000 + 100 * x);
        Forecast forecast = whole(series);

        assertThat(forecast.breach()).contains(series.get(7).outcome().ended());
        assertThat(forecast.formula()).contains("missed already, as measured since");
        assertThat(whole(monthly(12, x -> x == 11 ? 4000 : 3000)).breach())
                .as("a slow drill is not a level")
                .isEmpty();
    }

    @Test
    void drills_of_another_runbook_are_other_work() {
        List<DrillFigures> series = monthly(12, x -> 1000);
        DrillFigures odd = drill(50, 11.5 * MONTH, 9000);
        series.add(new DrillFigures(
                new dev.muster.catalog.figures.Outcome(
                        "odd",
                        "shop-weekly",
                        "shop",
                        odd.outcome().ended(),
                        odd.outcome().verdict(),
                        odd.outcome().rpo(),
                        odd.outcome().rto(),
                        Optional.empty()),
                odd.measured(),
                odd.stages(),
                odd.bytes(),
                odd.machine()));

        assertThat(whole(series).drills()).isEqualTo(12);
        assertThat(whole(series).high()).isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void time_follows_what_is_fetched_where_that_says_more_than_the_calendar() {
        List<DrillFigures> series = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            double bytes = 1e9 * (10 + number + 4 * (number * 7 % 5));
            series.add(Histories.drill(
                    number,
                    Histories.at(number * MONTH),
                    Optional.of(100 + bytes / 1e8 + number % 2),
                    OptionalLong.of(Math.round(bytes)),
                    Histories.MACHINE));
        }

        assertThat(whole(series).formula()).contains("bytes fetched");
    }

    @Test
    void the_next_breach_is_the_first_one_of_all() {
        List<Forecast> slow = forecasts(monthly(12, x -> 1000 + 100 * x), HOUR);
        List<Forecast> fast = forecasts(monthly(12, x -> 1000 + 140 * x), HOUR);
        List<Forecast> both = new ArrayList<>(slow);
        both.addAll(fast);

        assertThat(Forecasts.nextBreach(both)).isEqualTo(wholeOf(fast));
        assertThat(Forecasts.nextBreach(forecasts(monthly(12, x -> 1000), HOUR)))
                .isEmpty();
    }
}
