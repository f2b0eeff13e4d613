package dev.muster.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the data of a system was at one instant; what a restored database is compared with.
 *
 * @param at the instant of the snapshot that was read
 * @param origin what was read
 * @param extensions their versions by name
 * @param roles the roles that own something
 * @param watermarks the newest row of each business process that could be read
 */
public record Baseline(
        String system,
        Instant at,
        Origin origin,
        Server server,
        Map<String, String> extensions,
        SortedSet<String> roles,
        Map<String, Instant> watermarks,
        Map<String, Table> tables) {

    public Baseline {
        extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        watermarks = Collections.unmodifiableMap(new TreeMap<>(watermarks));
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /**
     * What was read.
     *
     * @param backup the address of the backup that had been restored; absent for a live database
     * @param point the instant that this backup is good for
     */
    public record Origin(Optional<String> backup, Optional<Instant> point) {
        public static final Origin LIVE = new Origin(Optional.empty(), Optional.empty());

        /** As a reader of a report takes it. */
        public String words() {
            return backup.map(address -> "restored from " + address).orElse("the live database");
        }
    }

    /** What decides whether two digests may be compared. */
    public record Server(String version, int major, String encoding) {}

    /**
     * One table; partitions belong to theirs.
     *
     * @param digest of all its rows, whatever their order
     */
    public record Table(long rows, String digest, String owner) {}
}
