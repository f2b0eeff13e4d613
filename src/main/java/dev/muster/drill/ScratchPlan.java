package dev.muster.drill;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What kind of scratch a runbook asks for.
 *
 * @param postgres the major version of the PostgreSQL server
 * @param timeToLive after this the scratch is removed whatever happens; also the deadline of the drill
 * @param disk the most bytes the scratch may hold; absent means what is free on its disk, or as much as the backups
 *     are expected to take in a volume of its own
 * @param network what its programs may reach; a runbook cannot open it
 * @param cluster what is asked of Kubernetes, where the scratch is there
 */
public record ScratchPlan(
        Placement on, int postgres, Duration timeToLive, OptionalLong disk, Network network, ClusterPlan cluster) {

    /** Restored data and its indexes take several times the room of a compressed backup. */
    private static final int GROWTH = 6;
    /** What a server takes for itself, and its log while it recovers. */
    private static final long RESERVE = 2L << 30;

    /** A scratch on this machine whose programs reach nothing outside of it. */
    public ScratchPlan(Placement on, int postgres, Duration timeToLive, OptionalLong disk) {
        this(on, postgres, timeToLive, disk, Network.CUT_OFF, ClusterPlan.USUAL);
    }

    /** Where a scratch lives. */
    public enum Placement {
        LOCAL,
        KUBERNETES
    }

    /** What programs in a scratch may reach. */
    public enum Network {
        CUT_OFF,
        /** Everything that the machine reaches: for servers that stand in for production, and to see the probe speak. */
        OPEN
    }

    /** How much room would be prudent for backups of so many bytes, the fetched and the restored ones. */
    public static long prudent(long bytes) {
        return Math.multiplyExact(bytes, GROWTH);
    }

    /** How large a volume is made for backups of so many bytes. */
    public long volume(long bytes) {
        return disk.orElseGet(() -> Math.addExact(prudent(bytes), RESERVE));
    }

    /** The same scratch, that holds no more than the volume that is made for so many bytes of backups. */
    public ScratchPlan holding(long bytes) {
        return new ScratchPlan(on, postgres, timeToLive, OptionalLong.of(volume(bytes)), network, cluster);
    }

    /** The same scratch in another network. */
    public ScratchPlan in(Network other) {
        return new ScratchPlan(on, postgres, timeToLive, disk, other, cluster);
    }
}
