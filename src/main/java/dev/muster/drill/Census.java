package dev.muster.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many rows each table of a restored database had in one drill.
 *
 * @param point the instant that the restored backup is good for
 * @param rows the rows by table; partitions are counted with the table that they belong to
 */
public record Census(String drill, Optional<Instant> point, Map<String, Long> rows) {
    public Census {
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }

    /** The same rows, as if they were of a backup that nobody knows the instant of. */
    public Census ofAnotherBackup() {
        return new Census(drill, Optional.empty(), rows);
    }
}
