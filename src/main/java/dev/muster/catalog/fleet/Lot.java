package dev.muster.catalog.fleet;

import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A tenant that was drawn by lot, and what became of its drill.
 *
 * @param underWay whether it may still come to something
 * @param verdict of its last attempt
 */
public record Lot(String tenant, Instant slot, boolean underWay, Optional<Verdict> verdict) {

    public boolean passed() {
        return verdict.equals(Optional.of(Verdict.PASSED));
    }
}
