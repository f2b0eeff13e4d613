package dev.muster.outlook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The bound, against counting every possible draw of a population. */
class BoundTest {

    @Test
    void the_bound_is_that_of_an_exact_enumeration() {
        int compared = 0;
        for (int population : new int[] {1, 2, 5, 9, 20, 33}) {
            for (int drawn = 1; drawn <= population; drawn++) {
                for (int bad = 0; bad <= drawn; bad++) {
                    for (int confidence : new int[] {50, 90, 95, 99}) {
                        assertThat(Bound.mostBad(population, drawn, bad, confidence))
                                .as("%d of %d, %d bad, %d %%", drawn, population, bad, confidence)
                                .isEqualTo(enumerated(population, drawn, bad, confidence));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(3000);
    }

    @Test
    void thousands_are_bounded_in_no_time_and_as_exactly() {
        for (int[] one : new int[][] {{300, 59, 0}, {300, 84, 2}, {1000, 180, 11}}) {
            assertThat(Bound.mostBad(one[0], one[1], one[2], 95)).isEqualTo(enumerated(one[0], one[1], one[2], 95));
        }
        assertThat(Bound.mostBad(10_000, 10_000, 17, 95)).isEqualTo(17);
        assertThat(Bound.mostBad(10_000, 5_000, 300, 95)).isBetween(600, 650);
    }

    /** Pascal's triangle, and every number of bad ones, one by one. */
    private static int enumerated(int population, int drawn, int bad, int confidence) {
        BigInteger[][] ways = new BigInteger[population + 1][];
        for (int all = 0; all <= population; all++) {
            ways[all] = new BigInteger[all + 1];
            for (int some = 0; some <= all; some++) {
                ways[all][some] =
                        some == 0 || some == all ? BigInteger.ONE : ways[all - 1][some - 1].add(ways[all - 1][some]);
            }
        }
        int most = -1;
        for (int among = 0; among <= population; among++) {
            BigInteger as = BigInteger.ZERO;
            for (int seen = 0; seen <= Math.min(bad, among); seen++) {
                int good = drawn - seen;
                if (good <= population - among) {
                    as = as.add(ways[among][seen].multiply(ways[population - among][good]));
                }
            }
            boolean stillPossible = as.multiply(BigInteger.valueOf(100))
                            .compareTo(ways[population][drawn].multiply(BigInteger.valueOf(100 - confidence)))
                    > 0;
            most = stillPossible ? among : most;
        }
        return most;
    }
}
