package dev.muster.outlook.forecast;

import java.util.Arrays;

/** Finds where a series jumped to another level and stayed there: what was before says nothing of what comes. */
final class Levels {
    /** Fewer are outliers. */
    private static final int LEAST = 3;
    /** By chance the best of some twenty places reaches this about once in two hundred series. */
    private static final double JUMP = 20;

    private static final int NEIGHBOURS = 2;
    private static final double WILD = 3 * 1.4826;
    private static final double NOTHING = 1e-12;

    private Levels() {}

    /** The index of the first value of the last level. */
    static int last(double[] xs, double[] ys) {
        int begin = 0;
        int next = jump(xs, ys);
        while (next > 0) {
            begin += next;
            next = jump(Arrays.copyOfRange(xs, begin, xs.length), Arrays.copyOfRange(ys, begin, ys.length));
        }
        return begin;
    }

    /** Whether two levels, with nothing going on in between, fit as well as a curve that goes on. */
    static boolean sayAsMuch(double[] xs, double[] ys, Curve growth) {
        double[] tame = tame(ys);
        double[] logarithms = Arrays.stream(tame).map(Math::log).toArray();
        double least = Double.MAX_VALUE;
        for (int at = LEAST; at <= xs.length - LEAST; at++) {
            least = Math.min(
                    least,
                    squares(around(Arrays.copyOfRange(logarithms, 0, at)))
                            + squares(around(Arrays.copyOfRange(logarithms, at, xs.length))));
        }
        double[] left = new double[xs.length];
        Arrays.setAll(left, index -> growth.residual(xs[index], tame[index]));
        return least <= squares(left);
    }

    private static int jump(double[] xs, double[] ys) {
        if (xs.length < 2 * LEAST + 1) {
            return 0;
        }
        double[] tame = tame(ys);
        Curve curve = Curve.through(xs, tame);
        double[] distances = new double[xs.length];
        Arrays.setAll(distances, index -> curve.residual(xs[index], tame[index]));
        double[] line = around(xs);
        double[] left = across(around(distances), line);
        double without = squares(left);
        double least = without;
        int best = 0;
        for (int at = LEAST; at <= xs.length - LEAST; at++) {
            double[] step = new double[xs.length];
            Arrays.fill(step, at, step.length, 1);
            double rest = squares(across(left, across(around(step), line)));
            if (rest < least) {
                least = rest;
                best = at;
            }
        }
        return without > NOTHING && without - least > JUMP * least / (xs.length - 3) ? best : 0;
    }

    /** A value far away from its neighbours is no new level; it counts as their middle. */
    private static double[] tame(double[] ys) {
        double[] tame = ys.clone();
        for (int index = 0; index < ys.length; index++) {
            int from = Math.max(0, Math.min(index - NEIGHBOURS, ys.length - 2 * NEIGHBOURS - 1));
            double[] near = Arrays.copyOfRange(ys, from, from + 2 * NEIGHBOURS + 1);
            double middle = Line.median(near);
            double usual = Line.median(
                    Arrays.stream(near).map(y -> Math.abs(y - middle)).toArray());
            if (Math.abs(ys[index] - middle) > WILD * usual) {
                tame[index] = middle;
            }
        }
        return tame;
    }

    /** Values around their mean. */
    private static double[] around(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(one -> one - mean).toArray();
    }

    /** What least squares leave over of values that a direction does not explain. */
    private static double[] across(double[] values, double[] direction) {
        double product = 0;
        for (int index = 0; index < values.length; index++) {
            product += values[index] * direction[index];
        }
        double square = squares(direction);
        double share = square < NOTHING ? 0 : product / square;
        double[] left = new double[values.length];
        Arrays.setAll(left, index -> values[index] - share * direction[index]);
        return left;
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(one -> one * one).sum();
    }
}
