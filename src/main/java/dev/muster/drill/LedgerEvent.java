package dev.muster.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the ledger.
 *
 * @param previous the digest of the line before, sixty-four zeros for the first
 * @param digest the SHA-256 of this line's bytes
 */
public record LedgerEvent(
        long sequence,
        Instant at,
        EventKind kind,
        String drill,
        Map<String, String> details,
        String previous,
        String digest) {
    public LedgerEvent {
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
