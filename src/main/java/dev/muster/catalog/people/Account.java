package dev.muster.catalog.people;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who may come in.
 *
 * @param name how the ledger names them; it stays
 * @param password the hash; absent for those who sign on elsewhere
 * @param oneTimeUntil the password is good for choosing another, until then
 * @param origin who they are elsewhere; absent for those who have a password here
 */
public record Account(
        String name,
        String display,
        Set<String> roles,
        boolean active,
        Optional<String> password,
        Optional<Instant> oneTimeUntil,
        Optional<Origin> origin,
        Instant made,
        Optional<Instant> lastSignIn) {
    public Account {
        roles = Set.copyOf(roles);
    }

    public Account with(String newDisplay, Set<String> newRoles) {
        return new Account(name, newDisplay, newRoles, active, password, oneTimeUntil, origin, made, lastSignIn);
    }

    public Account active(boolean now) {
        return new Account(name, display, roles, now, password, oneTimeUntil, origin, made, lastSignIn);
    }

    public Account with(String hash, Optional<Instant> oneTime) {
        return new Account(name, display, roles, active, Optional.of(hash), oneTime, origin, made, lastSignIn);
    }

    public Account signedIn(Instant at) {
        return new Account(name, display, roles, active, password, oneTimeUntil, origin, made, Optional.of(at));
    }

    @Override
    public String toString() {
        return "account " + name;
    }

    /** Who somebody is at a provider. */
    public record Origin(String issuer, String subject) {}
}
