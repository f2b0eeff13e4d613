package dev.muster.outlook.fleet;

import java.math.BigInteger;

/**
 * How many of a population can be bad at most, when so many of a sample were: the exact bound of the hypergeometric
 * distribution, in whole numbers. The population is finite, and nobody was drawn twice.
 */
final class Bound {
    private static final int PERCENT = 100;

    private Bound() {}

    /**
     * The greatest number of bad ones among all with which a sample as good as this one, or better, still has a
     * probability of more than what the confidence leaves.
     *
     * @param population how many there are
     * @param drawn how many were drawn, each as likely as any other
     * @param bad how many of these were bad
     * @param confidence in percent
     */
    static int mostBad(int population, int drawn, int bad, int confidence) {
        BigInteger limit = choose(population, drawn).multiply(BigInteger.valueOf(PERCENT - confidence));
        int possible = bad;
        int impossible = population - (drawn - bad) + 1;
        while (impossible - possible > 1) {
            int middle = (possible + impossible) >>> 1;
            if (atMost(population, drawn, bad, middle)
                            .multiply(BigInteger.valueOf(PERCENT))
                            .compareTo(limit)
                    > 0) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        return possible;
    }

    /** In how many of all draws there are at most {@code bad} ones, when there are {@code among} in the population. */
    private static BigInteger atMost(int population, int drawn, int bad, int among) {
        int good = population - among;
        int first = Math.max(0, drawn - good);
        if (first > bad) {
            return BigInteger.ZERO;
        }
        BigInteger ways = choose(among, first).multiply(choose(good, drawn - first));
        BigInteger sum = ways;
        for (int count = first; count < bad; count++) {
            ways = ways.multiply(BigInteger.valueOf((long) (among - count) * (drawn - count)))
                    .divide(BigInteger.valueOf((long) (count + 1) * (good - drawn + count + 1)));
            sum = sum.add(ways);
        }
        return sum;
    }

    private static BigInteger choose(int all, int some) {
        BigInteger ways = BigInteger.ONE;
        int least = Math.min(some, all - some);
        for (int count = 1; count <= least; count++) {
            ways = ways.multiply(BigInteger.valueOf(all - least + count)).divide(BigInteger.valueOf(count));
        }
        return ways;
    }
}
