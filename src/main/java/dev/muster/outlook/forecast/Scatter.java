package dev.muster.outlook.forecast;

import java.util.Arrays;

/**
 * How far values lie from a curve, as logarithms.
 *
 * @param worth how many independent values these are worth
 * @param center where they lie in the middle
 * @param spread the sum of the squares of how far they lie from there
 * @param usual the deviation, outliers included
 * @param tame the deviation as it is when outliers are pulled in, as they do not bend the curve either
 */
record Scatter(double[] residuals, int bound, double worth, double center, double spread, double usual, double tame) {
    private static final double WILD = 3 * 1.4826;

    /** @param bound how many values the curve itself took */
    static Scatter of(double[] xs, double[] residuals, int bound) {
        double center = Arrays.stream(xs).average().orElseThrow();
        double spread = Arrays.stream(xs).map(x -> (x - center) * (x - center)).sum();
        double limit =
                WILD * Line.median(Arrays.stream(residuals).map(Math::abs).toArray());
        double[] pulled = Arrays.stream(residuals)
                .map(one -> Math.max(-limit, Math.min(limit, one)))
                .toArray();
        return new Scatter(
                residuals,
                bound,
                worth(residuals),
                center,
                spread,
                Math.max(deviation(residuals, bound), recent(residuals)),
                Math.max(deviation(pulled, bound), recent(pulled)));
    }

    private static double deviation(double[] residuals, int bound) {
        return Math.sqrt(Arrays.stream(residuals).map(one -> one * one).sum() / (residuals.length - bound));
    }

    /** What has begun to vary more is going to vary like that, not like the average of its history. */
    private static double recent(double[] residuals) {
        double[] late = Arrays.copyOfRange(residuals, residuals.length * 2 / 3, residuals.length);
        return deviation(late, 1);
    }

    /** What lies on the same side as its neighbour, as in a season, says the same thing twice. */
    private static double worth(double[] residuals) {
        double squares = 0;
        double products = 0;
        for (int index = 0; index < residuals.length; index++) {
            squares += residuals[index] * residuals[index];
            products += index == 0 ? 0 : residuals[index] * residuals[index - 1];
        }
        double likeness = squares == 0 ? 0 : Math.max(0, Math.min(0.9, products / squares));
        return residuals.length * (1 - likeness) / (1 + likeness);
    }

    double distance() {
        return Arrays.stream(residuals).map(Math::abs).sum();
    }

    double freedom() {
        return Math.max(1, worth - bound);
    }

    /** The deviation of one more value at this place. */
    double deviation(double x) {
        double away = bound == 1 || spread == 0 ? 0 : (x - center) * (x - center) / spread;
        return usual * Math.sqrt(1 + residuals.length / worth * (1.0 / residuals.length + away));
    }

    double step() {
        return Math.sqrt(spread / residuals.length);
    }

    double slopeError() {
        return tame * Math.sqrt(residuals.length / worth / spread);
    }
}
