package dev.muster.outlook.forecast;

/** Student's distribution: how far few values may lie from what they say together. */
final class StudentT {
    private static final double TINY = 1e-300;
    private static final double EXACT = 1e-14;
    private static final int TERMS = 500;
    private static final int HALVINGS = 200;

    private StudentT() {}

    /** The value that a share of the distribution lies below; for shares of at least one half. */
    static double quantile(double share, double freedom) {
        double low = 0;
        double high = 1;
        while (share(high, freedom) < share) {
            high *= 2;
        }
        for (int halving = 0; halving < HALVINGS && high - low > EXACT * high; halving++) {
            double middle = (low + high) / 2;
            if (share(middle, freedom) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The share of the distribution below a value that is not negative. */
    static double share(double value, double freedom) {
        return 1 - beta(freedom / (freedom + value * value), freedom / 2, 0.5) / 2;
    }

    /** The regularised incomplete beta function, whose fraction converges fast on one side of its mean. */
    private static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    /** Lentz's way through the continued fraction. */
    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = reciprocal(1 - (a + b) * x / (a + 1));
        double sum = d;
        for (int m = 1; m < TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = reciprocal(1 + even * d);
            c = apartFromZero(1 + even / c);
            sum *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = reciprocal(1 + odd * d);
            c = apartFromZero(1 + odd / c);
            sum *= d * c;
            if (Math.abs(d * c - 1) < EXACT) {
                break;
            }
        }
        return sum;
    }

    private static double reciprocal(double value) {
        return 1 / apartFromZero(value);
    }

    private static double apartFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series, for arguments moved to where it is exact. */
    private static double logGamma(double value) {
        double moved = value;
        double product = 1;
        while (moved < 10) {
            product *= moved;
            moved++;
        }
        double inverse = 1 / moved;
        double square = inverse * inverse;
        return (moved - 0.5) * Math.log(moved)
                - moved
                + Math.log(2 * Math.PI) / 2
                + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)))
                - Math.log(product);
    }
}
