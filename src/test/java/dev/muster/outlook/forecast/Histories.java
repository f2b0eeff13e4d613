package dev.muster.outlook.forecast;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Made-up pasts of one system, each from a seed, of which the truth is known. */
final class Histories {
    static final Instant BEGIN = Instant.parse("2024-01-07T03:00:00Z");
    static final String MACHINE = "8 processors, 32 GiB, Linux x86_64";

    private static final double MONTH = 30.4;
    private static final double YEAR = 365.25;

    private Histories() {}

    /** What a figure does over the days; seconds without noise. */
    interface Truth {
        double seconds(double day);
    }

    /** A kind of past. */
    enum Family {
        STRAIGHT(true, 1),
        BY_RATE(true, 1),
        FLAT(false, 1.5),
        FLAT_WITH_SEASONS(false, 0.6),
        FLAT_WITH_QUARTERS(false, 0.6),
        FLAT_AFTER_A_JUMP(false, 0.6),
        FLAT_WITH_OUTLIERS(false, 0.8),
        STRAIGHT_AFTER_A_JUMP(true, 0.6),
        STRAIGHT_WITH_OUTLIERS(true, 0.8),
        STRAIGHT_AND_EVER_WILDER(true, 0.8),
        FLAT_AND_EVER_WILDER(false, 0.8),
        BY_SIZE(true, 0.6),
        FLAT_BY_SIZE(false, 0.6);

        final boolean grows;
        final double noise;

        Family(boolean grows, double noise) {
            this.grows = grows;
            this.noise = noise;
        }
    }

    /** A past, and what is true of it. */
    record History(List<DrillFigures> drills, Truth truth) {}

    /**
     * One history.
     *
     * @param gaps whether months were left out and others came early
     */
    static History of(Family family, int drills, boolean gaps, long seed) {
        Random random = new Random(seed * 7919 + family.name().hashCode() * 31L + drills);
        double[] days = days(drills, gaps, random);
        double last = days[days.length - 1];
        double rate = 0.02 + 0.05 * random.nextDouble();
        double deviation = (0.02 + 0.08 * random.nextDouble()) * family.noise;
        double strength = 0.05 + 0.25 * random.nextDouble();
        double phase = 2 * Math.PI * random.nextDouble();
        double level = 0.4 + 1.4 * random.nextDouble();
        double jump = days[days.length / 4 + random.nextInt(Math.max(1, days.length / 6))];
        double outliers = 0.05 + 0.05 * random.nextDouble();
        Truth truth = switch (family) {
            case STRAIGHT, STRAIGHT_WITH_OUTLIERS, STRAIGHT_AND_EVER_WILDER -> day -> 1000 * (1 + rate * day / MONTH);
            case BY_RATE -> day -> 1000 * Math.exp(rate * 0.8 * day / MONTH);
            case FLAT_WITH_SEASONS -> day -> 1000 * (1 + strength * Math.sin(phase + 2 * Math.PI * day / YEAR));
            case FLAT_WITH_QUARTERS -> day -> 1000 * (1 + strength * Math.sin(phase + 8 * Math.PI * day / YEAR));
            case FLAT_AFTER_A_JUMP -> day -> day < jump ? 1000 : 1000 * level;
            case STRAIGHT_AFTER_A_JUMP -> day -> (day < jump ? 1000 : 450) * (1 + rate * day / MONTH);
            case BY_SIZE -> day -> 200 + 800 * (1 + rate * day / MONTH);
            default -> day -> 1000;
        };
        List<DrillFigures> made = new ArrayList<>();
        for (double day : days) {
            double wild = family == Family.STRAIGHT_AND_EVER_WILDER || family == Family.FLAT_AND_EVER_WILDER
                    ? 0.5 + 1.5 * day / last
                    : 1;
            double size = 1e7 * truth.seconds(day);
            double seconds = truth.seconds(day);
            if (family == Family.BY_SIZE || family == Family.FLAT_BY_SIZE) {
                size = 1e7 * (seconds - 200) * Math.exp(0.12 * random.nextGaussian());
                seconds = 200 + size / 1e7;
            }
            seconds *= Math.exp(deviation * wild * random.nextGaussian());
            if ((family == Family.FLAT_WITH_OUTLIERS || family == Family.STRAIGHT_WITH_OUTLIERS)
                    && random.nextDouble() < outliers) {
                seconds *= 1.5 + 2 * random.nextDouble();
            }
            OptionalLong bytes = family == Family.BY_SIZE || family == Family.FLAT_BY_SIZE
                    ? OptionalLong.of(Math.round(size))
                    : OptionalLong.empty();
            made.add(drill(made.size(), at(day), Optional.of(seconds), bytes, MACHINE));
        }
        return new History(made, truth);
    }

    private static double[] days(int drills, boolean gaps, Random random) {
        double[] days = new double[drills];
        for (int drill = 1; drill < drills; drill++) {
            double step = !gaps
                    ? MONTH
                    : random.nextDouble() < 0.15 ? MONTH * (2 + random.nextInt(2)) : 20 + 20 * random.nextDouble();
            days[drill] = days[drill - 1] + step;
        }
        return days;
    }

    static Instant at(double day) {
        return BEGIN.plusMillis(Math.round(day * Duration.ofDays(1).toMillis()));
    }

    static double day(Instant moment) {
        return Duration.between(BEGIN, moment).toMillis()
                / (double) Duration.ofDays(1).toMillis();
    }

    /** A drill whose fetching takes half of its time. */
    static DrillFigures drill(int number, Instant at, Optional<Double> seconds, OptionalLong bytes, String machine) {
        Optional<Duration> rto = seconds.map(Histories::duration);
        Figure time = new Figure(Optional.empty(), rto, "", Map.of());
        Figure point = new Figure(Optional.empty(), Optional.of(Duration.ofMinutes(10 + number % 3)), "", Map.of());
        return new DrillFigures(
                new Outcome(
                        "drill-" + number,
                        "shop-monthly",
                        "shop",
                        at,
                        seconds.isPresent() ? Verdict.PASSED : Verdict.COULD_NOT_RUN,
                        seconds.flatMap(one -> point.achieved()),
                        rto,
                        Optional.empty()),
                seconds.isPresent()
                        ? new Measured(
                                Optional.of(new ProcessFigures(point, time)),
                                Map.of("orders", new ProcessFigures(point, time)))
                        : Measured.NOTHING,
                seconds.map(took -> Map.of(Stage.FETCH, duration(took / 2), Stage.CLOSE, duration(3)))
                        .orElse(Map.of()),
                bytes,
                Optional.of(machine));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
