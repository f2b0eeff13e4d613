package dev.muster.drill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What kind of scratch a runbook asks for.
 *
 * @param postgres the major version of the PostgreSQL server
 * @param timeToLive after this the scratch is removed whatever happens; also the deadline of the drill
 * @param disk the most bytes the scratch may hold; absent means what is free on its disk
 * @param network what its programs may reach; a runbook cannot open it
 */
public record ScratchPlan(Placement on, int postgres, Duration timeToLive, OptionalLong disk, Network network) {

    /** A scratch whose programs reach nothing outside of it. */
    public ScratchPlan(Placement on, int postgres, Duration timeToLive, OptionalLong disk) {
        this(on, postgres, timeToLive, disk, Network.CUT_OFF);
    }

    /** Where a scratch lives. */
    public enum Placement {
        LOCAL
    }

    /** What programs in a scratch may reach. */
    public enum Network {
        CUT_OFF,
        /** Everything that the machine reaches: for servers that stand in for production, and to see the probe speak. */
        OPEN
    }

    /** The same scratch in another network. */
    public ScratchPlan in(Network other) {
        return new ScratchPlan(on, postgres, timeToLive, disk, other);
    }
}
