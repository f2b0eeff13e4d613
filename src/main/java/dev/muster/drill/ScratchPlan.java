package dev.muster.drill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What kind of scratch a runbook asks for.
 *
 * @param postgres the major version of the PostgreSQL server
 * @param timeToLive after this the scratch is removed whatever happens; also the deadline of the drill
 * @param disk the most bytes the scratch may hold; absent means what is free on its disk
 */
public record ScratchPlan(Placement on, int postgres, Duration timeToLive, OptionalLong disk) {

    /** Where a scratch lives. */
    public enum Placement {
        LOCAL
    }
}
