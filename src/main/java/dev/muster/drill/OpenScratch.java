package dev.muster.drill;

import java.time.Instant;
import java.util.List;

/**
 * A scratch that exists now.
 *
 * @param owned whether the process that opened it still runs
 * @param processes ids of the processes that run in it
 */
public record OpenScratch(
        String id,
        String drill,
        String place,
        Instant opened,
        Instant expires,
        boolean owned,
        boolean kept,
        long bytes,
        List<Long> processes,
        String reach) {
    public OpenScratch {
        processes = List.copyOf(processes);
    }
}
