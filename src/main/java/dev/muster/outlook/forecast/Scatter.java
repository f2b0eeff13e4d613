package dev.muster.outlook.forecast;

import java.util.Arrays;

/** How far values lie from a curve, as logarithms. */
final class Scatter {
    private static final double WILD = 3 * 1.4826;

    private final double[] residuals;
    private final int bound;
    private final double center;
    private final double spread;
    private final double worth;
    private final double usual;
    private final double tame;

    /**
     * The distances of values from a curve.
     *
     * @param xs where they lie
     * @param residuals how far they are off
     * @param bound how many of them the curve itself took
     */
    Scatter(double[] xs, double[] residuals, int bound) {
        this.residuals = residuals.clone();
        this.bound = bound;
        this.center = Arrays.stream(xs).average().orElseThrow();
        this.spread = Arrays.stream(xs).map(x -> (x - center) * (x - center)).sum();
        this.worth = independent(residuals);
        double limit =
                WILD * Line.median(Arrays.stream(residuals).map(Math::abs).toArray());
        double[] pulled = Arrays.stream(residuals)
                .map(one -> Math.max(-limit, Math.min(limit, one)))
                .toArray();
        this.usual = Math.max(deviation(residuals, bound), recent(residuals));
        this.tame = Math.max(deviation(pulled, bound), recent(pulled));
    }

    private static double deviation(double[] residuals, int bound) {
        return Math.sqrt(Arrays.stream(residuals).map(one -> one * one).sum() / (residuals.length - bound));
    }

    /** What has begun to vary more is going to vary like that, not like the average of its history. */
    private static double recent(double[] residuals) {
        return deviation(Arrays.copyOfRange(residuals, residuals.length * 2 / 3, residuals.length), 1);
    }

    /** What lies on the same side as its neighbour, as in a season, says the same thing twice. */
    private static double independent(double[] residuals) {
        double squares = 0;
        double products = 0;
        for (int index = 0; index < residuals.length; index++) {
            squares += residuals[index] * residuals[index];
            products += index == 0 ? 0 : residuals[index] * residuals[index - 1];
        }
        double likeness = squares == 0 ? 0 : Math.max(0, Math.min(0.9, products / squares));
        return residuals.length * (1 - likeness) / (1 + likeness);
    }

    int values() {
        return residuals.length;
    }

    /** How many independent values these are worth. */
    double worth() {
        return worth;
    }

    /** The deviation, outliers included. */
    double usual() {
        return usual;
    }

    double distance() {
        return Arrays.stream(residuals).map(Math::abs).sum();
    }

    /** Of Student's distribution. */
    double freedom() {
        return Math.max(1, worth - bound);
    }

    /** The deviation of one more value at this place. */
    double deviation(double x) {
        double away = bound == 1 || spread == 0 ? 0 : (x - center) * (x - center) / spread;
        return usual * Math.sqrt(1 + residuals.length / worth * (1.0 / residuals.length + away));
    }

    /** Where the values lie in the middle. */
    double center() {
        return center;
    }

    /** How far from there they usually lie. */
    double step() {
        return Math.sqrt(spread / residuals.length);
    }

    /** The deviation of the slope. Outliers are pulled in, as they do not bend the curve either. */
    double slopeError() {
        return tame * Math.sqrt(residuals.length / worth / spread);
    }
}
