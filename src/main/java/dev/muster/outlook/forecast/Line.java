package dev.muster.outlook.forecast;

import java.util.Arrays;

/** The straight line of Theil and Sen: the median of all slopes, which a quarter of wild values does not bend. */
record Line(double intercept, double slope) {
    static Line through(double[] xs, double[] ys) {
        double[] slopes = new double[xs.length * (xs.length - 1) / 2];
        int count = 0;
        for (int one = 0; one < xs.length; one++) {
            for (int other = one + 1; other < xs.length; other++) {
                if (xs[one] != xs[other]) {
                    slopes[count++] = (ys[other] - ys[one]) / (xs[other] - xs[one]);
                }
            }
        }
        double slope = count == 0 ? 0 : median(Arrays.copyOf(slopes, count));
        double[] intercepts = new double[xs.length];
        for (int index = 0; index < xs.length; index++) {
            intercepts[index] = ys[index] - slope * xs[index];
        }
        return new Line(median(intercepts), slope);
    }

    double at(double x) {
        return intercept + slope * x;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
