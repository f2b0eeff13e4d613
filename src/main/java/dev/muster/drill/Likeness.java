package dev.muster.drill;

import java.util.Optional;
import java.util.Set;

/**
 * What a restored database has to be like, beside a check.
 *
 * @param shrinking how far its tables may be smaller than in the drill before
 * @param roles the roles that its backup is known to expect; empty means that the runbook says nothing about them
 */
public record Likeness(Optional<Identity> identity, Shrinking shrinking, Set<String> roles) {
    /** What holds where a runbook says nothing. */
    public static final Likeness USUAL = new Likeness(Optional.empty(), Shrinking.USUAL, Set.of());

    public Likeness {
        roles = Set.copyOf(roles);
    }
}
