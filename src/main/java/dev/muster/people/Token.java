package dev.muster.people;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token, as its owner sees it afterwards.
 *
 * @param id its part that may be shown
 * @param label what its owner calls it
 */
public record Token(
        String id,
        String label,
        Set<Right> rights,
        Instant made,
        Instant expires,
        Optional<Instant> used,
        Optional<Instant> revoked) {
    public Token {
        rights = Set.copyOf(rights);
    }

    public boolean holds(Instant at) {
        return revoked.isEmpty() && at.isBefore(expires);
    }
}
