package dev.muster.people;

import dev.muster.catalog.people.Account;
import dev.muster.catalog.people.Accounts;
import dev.muster.catalog.people.TokenRows;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tokens by which programs come in somebody's name. */
public final class Tokens {
    public static final Duration LONGEST = Duration.ofDays(365);

    /** The catalog is not written to with every request. */
    private static final Duration USED = Duration.ofMinutes(1);

    private static final int LABEL = 100;
    private static final int AT_MOST = 50;

    private final TokenRows rows;
    private final Accounts accounts;
    private final AuditLog audit;
    private final SecureRandom chance;
    private final Clock clock;

    Tokens(TokenRows rows, Accounts accounts, AuditLog audit, SecureRandom chance, Clock clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.audit = audit;
        this.chance = chance;
        this.clock = clock;
    }

    /**
     * Makes a token, which is shown this once.
     *
     * @param rights what it is good for: of the owner's own rights some or all
     */
    public Secret make(Person owner, String label, Set<Right> rights, Duration valid, Actor by) {
        if (label.isBlank() || label.length() > LABEL) {
            throw refused("A token has a name of at most " + LABEL + " letters", "Name what it is for.");
        }
        if (rights.isEmpty() || !owner.rights().containsAll(rights)) {
            throw refused(
                    "A token has some of its owner's rights", "Choose at least one right, and none that you lack.");
        }
        if (valid.isNegative() || valid.isZero() || valid.compareTo(LONGEST) > 0) {
            throw refused("A token ends within a year", "Choose 1 to " + LONGEST.toDays() + " days.");
        }
        Instant now = now();
        if (of(owner.name()).stream().filter(token -> token.holds(now)).count() >= AT_MOST) {
            throw refused("There are " + AT_MOST + " tokens already", "Revoke one that is not needed any more.");
        }
        TokenText token = TokenText.fresh(chance);
        rows.add(new TokenRows.Row(
                token.id(),
                Unguessable.digest(token.secret()),
                owner.name(),
                label.strip(),
                rights.stream().map(Right::name).collect(Collectors.toSet()),
                now,
                now.plus(valid),
                Optional.empty(),
                Optional.empty()));
        audit.note(by, Action.MAKE_TOKEN, token + " " + label.strip());
        return new Secret(token.text());
    }

    /** Who comes with a token; absent when it holds no more, or never did. */
    public Optional<Person> bearer(String text) {
        Instant now = now();
        return TokenText.parse(text)
                .flatMap(token -> rows.find(token.id())
                        .filter(row -> Unguessable.same(row.digest(), Unguessable.digest(token.secret())))
                        .filter(row -> token(row).holds(now))
                        .flatMap(row -> accounts.find(row.person())
                                .filter(Account::active)
                                .map(owner -> {
                                    if (row.used()
                                            .map(used -> used.plus(USED).isBefore(now))
                                            .orElse(true)) {
                                        rows.used(row.id(), now);
                                    }
                                    Set<Right> rights = EnumSet.noneOf(Right.class);
                                    rights.addAll(token(row).rights());
                                    // Never more than the owner has now.
                                    rights.retainAll(Standing.rights(owner));
                                    return new Person(
                                            owner.name(),
                                            owner.name() + " (token " + row.label() + ")",
                                            rights,
                                            Person.Means.TOKEN);
                                })));
    }

    /** The tokens of somebody, the newest first. */
    public List<Token> of(String name) {
        return rows.of(name).stream().map(Tokens::token).toList();
    }

    /** Revokes one of somebody's own. */
    public void revoke(Person owner, String id, Actor by) {
        if (!rows.revoke(owner.name(), id, now())) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN,
                    new Problem("You have no such token that still holds", "/me", "The list on /me shows them all."));
        }
        audit.note(by, Action.REVOKE_TOKEN, id);
    }

    private static Token token(TokenRows.Row row) {
        return new Token(
                row.id(),
                row.label(),
                Stream.of(Right.values())
                        .filter(right -> row.rights().contains(right.name()))
                        .collect(Collectors.toSet()),
                row.made(),
                row.expires(),
                row.used(),
                row.revoked());
    }

    private static Refusal refused(String what, String remedy) {
        return new Refusal(Refusal.Reason.INVALID, new Problem(what, "token", remedy));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
