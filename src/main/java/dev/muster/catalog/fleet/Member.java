package dev.muster.catalog.fleet;

import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A tenant of a fleet, with what its drills since then came to.
 *
 * @param since when it was called up first, or came back
 * @param gone when it was found to be there no more
 * @param passed when its newest drill that passed has ended
 * @param tried when its newest drill with a verdict began
 * @param verdict of that one
 */
public record Member(
        String tenant,
        Instant since,
        Optional<Instant> gone,
        Optional<Instant> passed,
        Optional<Instant> tried,
        Optional<Verdict> verdict) {

    /** One of whom nothing is known yet. */
    public static Member fresh(String tenant, Instant since) {
        return new Member(tenant, since, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
