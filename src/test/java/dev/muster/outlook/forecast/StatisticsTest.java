package dev.muster.outlook.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The little arithmetic that forecasts are made of, against values that books have. */
class StatisticsTest {
    private static final double[] TWELVE =
            IntStream.range(0, 12).asDoubleStream().toArray();

    private static double[] over(double[] xs, java.util.function.DoubleUnaryOperator value) {
        return Arrays.stream(xs).map(value).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 6.313752",
        "0.95, 2, 2.919986",
        "0.95, 4, 2.131847",
        "0.975, 10, 2.228139",
        "0.95, 30, 1.697261",
        "0.999, 4, 7.173182",
        "0.9995, 10, 4.586894",
        "0.95, 100000, 1.644869"
    })
    void quantiles_of_students_distribution_are_those_of_the_tables(double share, double freedom, double quantile) {
        assertThat(StudentT.quantile(share, freedom)).isCloseTo(quantile, within(2e-6));
        assertThat(StudentT.share(quantile, freedom)).isCloseTo(share, within(1e-6));
    }

    @Test
    void a_line_goes_through_what_lies_on_one_and_is_not_bent_by_a_quarter_of_wild_values() {
        double[] values = over(TWELVE, x -> 3 + 2 * x);
        assertThat(Line.through(TWELVE, values)).isEqualTo(new Line(3, 2));

        values[2] = 900;
        values[7] = -50;
        values[11] = 1e6;
        assertThat(Line.through(TWELVE, values).slope()).isCloseTo(2, within(1e-9));
        assertThat(Line.through(TWELVE, values).at(20)).isCloseTo(43, within(1e-9));
    }

    @Test
    void a_line_through_values_of_one_place_is_level() {
        assertThat(Line.through(new double[] {4, 4, 4}, new double[] {1, 2, 9})).isEqualTo(new Line(2, 0));
    }

    @Test
    void growth_by_an_amount_and_growth_by_a_factor_are_told_apart() {
        assertThat(Curve.through(TWELVE, over(TWELVE, x -> 100 + 10 * x)).at(24))
                .isCloseTo(340, within(1e-6));
        assertThat(Curve.through(TWELVE, over(TWELVE, x -> 100 * Math.pow(1.1, x)))
                        .at(24))
                .isCloseTo(100 * Math.pow(1.1, 24), within(1e-6));
    }

    @Test
    void values_that_follow_their_neighbours_are_worth_less_than_as_many_that_do_not() {
        double[] wave = over(TWELVE, x -> Math.sin(x / 2));
        double[] zigzag = over(TWELVE, x -> x % 2 == 0 ? 1 : -1);

        assertThat(new Scatter(TWELVE, zigzag, 2).worth()).isEqualTo(12);
        assertThat(new Scatter(TWELVE, wave, 2).worth()).isLessThan(4);
    }

    @Test
    void what_varies_more_of_late_is_taken_to_vary_like_that() {
        double[] ever = over(TWELVE, x -> (x % 2 == 0 ? 1 : -1) * (x < 8 ? 0.01 : 0.1));

        assertThat(new Scatter(TWELVE, ever, 2).usual()).isGreaterThan(0.1);
    }

    @Test
    void a_jump_to_another_level_is_found_and_an_outlier_is_none() {
        double[] jumped = over(TWELVE, x -> (x < 5 ? 100 : 60) + x % 2);
        double[] outlier = over(TWELVE, x -> (x == 5 ? 300 : 100) + x % 2);
        double[] growing = over(TWELVE, x -> 100 * Math.pow(1.05, x) + x % 2);

        assertThat(Levels.last(TWELVE, jumped)).isEqualTo(5);
        assertThat(Levels.last(TWELVE, outlier)).isZero();
        assertThat(Levels.last(TWELVE, growing)).isZero();
    }

    @Test
    void two_levels_are_no_growth_and_growth_is_not_two_levels() {
        double[] levels = over(TWELVE, x -> (x < 6 ? 100 : 105) + x % 3);
        double[] growing = over(TWELVE, x -> 100 + 4 * x + x % 3);

        assertThat(Levels.sayAsMuch(TWELVE, levels, Curve.through(TWELVE, levels)))
                .isTrue();
        assertThat(Levels.sayAsMuch(TWELVE, growing, Curve.through(TWELVE, growing)))
                .isFalse();
    }
}
