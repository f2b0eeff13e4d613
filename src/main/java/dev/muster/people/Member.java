package dev.muster.people;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who may come in, as administrators see them.
 *
 * @param elsewhere the provider by which they sign on; absent when they have a password here
 * @param oneTimeUntil they have not chosen a password yet, and can until then
 */
public record Member(
        String name,
        String display,
        Set<Role> roles,
        boolean active,
        Optional<String> elsewhere,
        Optional<Instant> oneTimeUntil,
        Optional<Instant> lastSignIn) {
    public Member {
        roles = Set.copyOf(roles);
    }
}
