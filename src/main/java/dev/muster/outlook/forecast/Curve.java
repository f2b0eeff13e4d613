package dev.muster.outlook.forecast;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve through positive values, straight or growing by a rate, that outliers do not bend; and how far values lie from
 * it. Distances are logarithms, since what takes twice as long also varies twice as much.
 */
final class Curve {
    /** Nineteen of twenty values lie below the upper edge, nineteen of twenty above the lower one. */
    private static final double EDGE = 0.95;
    /** A system has many figures, and each is looked at after every drill: one in twenty would cry wolf each week. */
    private static final double SURE = 0.9995;

    private final Shape shape;
    private final DoubleUnaryOperator middle;
    private final Scatter scatter;

    /** How a curve goes on. */
    enum Shape {
        LEVEL,
        /** By the same amount in the same time. */
        STRAIGHT,
        /** By the same factor in the same time. */
        RATE
    }

    private Curve(Shape shape, DoubleUnaryOperator middle, double[] xs, double[] ys) {
        this.shape = shape;
        this.middle = middle;
        double[] residuals = new double[xs.length];
        Arrays.setAll(residuals, index -> Math.log(ys[index]) - Math.log(middle.applyAsDouble(xs[index])));
        this.scatter = new Scatter(xs, residuals, shape == Shape.LEVEL ? 1 : 2);
    }

    /** As if nothing changed. */
    static Curve level(double[] xs, double[] ys) {
        double level = Line.median(ys);
        return new Curve(Shape.LEVEL, x -> level, xs, ys);
    }

    /** The better one of both shapes that go on. */
    static Curve through(double[] xs, double[] ys) {
        Line rate = Line.through(xs, Arrays.stream(ys).map(Math::log).toArray());
        Curve byRate = new Curve(Shape.RATE, x -> Math.exp(rate.at(x)), xs, ys);
        Line line = Line.through(xs, ys);
        if (Arrays.stream(xs).anyMatch(x -> line.at(x) <= 0)) {
            return byRate;
        }
        double least = Arrays.stream(ys).min().orElseThrow() / 10;
        Curve straight = new Curve(Shape.STRAIGHT, x -> Math.max(least, line.at(x)), xs, ys);
        return straight.scatter.distance() <= byRate.scatter.distance() ? straight : byRate;
    }

    double at(double x) {
        return middle.applyAsDouble(x);
    }

    double residual(double x, double y) {
        return Math.log(y) - Math.log(at(x));
    }

    Scatter scatter() {
        return scatter;
    }

    /** How many deviations there are from the middle to an edge. */
    double edge() {
        return StudentT.quantile(EDGE, scatter.freedom());
    }

    /** By how much its logarithm changes with one more of x. */
    double slope() {
        double step = scatter.step();
        return step == 0
                ? 0
                : (Math.log(at(scatter.center() + step)) - Math.log(at(scatter.center() - step))) / (2 * step);
    }

    /** Whether it goes up or down, and could hardly look so by chance. */
    boolean sure() {
        return scatter.step() > 0
                && Math.abs(slope()) > scatter.slopeError() * StudentT.quantile(SURE, scatter.freedom());
    }

    /** @param what over what it goes */
    String words(String what) {
        return switch (shape) {
            case LEVEL -> "the middle of " + what;
            case STRAIGHT -> "a straight line of " + what;
            case RATE -> "growth of " + what + " at a constant rate";
        };
    }
}
