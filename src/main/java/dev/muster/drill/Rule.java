package dev.muster.drill;

import java.time.Duration;
import java.util.Optional;

/**
 * What always holds in the data of a business, as a query and what it must give.
 *
 * @param means what it means to the business when the rule does not hold
 * @param among a query for the number of things that the rule is about; where there are none, it proves nothing
 * @param within the longest that each query may take
 */
public record Rule(String name, String sql, Expectation expect, String means, Optional<String> among, Duration within) {
    /** What a query gets whose writer says nothing about time. */
    public static final Duration USUAL = Duration.ofMinutes(1);
}
