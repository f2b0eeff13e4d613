package dev.muster.people;

import dev.muster.catalog.people.Account;
import dev.muster.catalog.people.Accounts;
import dev.muster.catalog.people.SessionRows;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is signed in, in this process and in others that share the catalog. */
public final class Sessions {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");
    /** The catalog is not written to with every request. */
    private static final Duration SEEN = Duration.ofMinutes(1);

    private static final int BROWSER = 200;

    private final SessionRows rows;
    private final Accounts accounts;
    private final SessionRules rules;
    private final SecureRandom chance;
    private final Clock clock;

    Sessions(SessionRows rows, Accounts accounts, SessionRules rules, SecureRandom chance, Clock clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.rules = rules;
        this.chance = chance;
        this.clock = clock;
    }

    /** Begins one; what the browser is to hold, and nobody else. */
    public String begin(String name, Person.Means means, String address, String browser) {
        String id = Unguessable.fresh(chance);
        Instant now = now();
        String told = browser.length() <= BROWSER ? browser : browser.substring(0, BROWSER);
        rows.add(new SessionRows.Row(Unguessable.digest(id), name, means.name(), now, now, address, told));
        return id;
    }

    /** The session of a browser; absent when there is none, it has ended, or its person may not come in any more. */
    public Optional<Session> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Instant now = now();
        return rows.find(Unguessable.digest(id)).flatMap(row -> {
            if (over(row, now)) {
                rows.end(row.person(), row.digest());
                return Optional.empty();
            }
            Optional<Account> account = accounts.find(row.person()).filter(Account::active);
            if (account.isPresent() && row.seen().plus(SEEN).isBefore(now)) {
                rows.seen(row.digest(), now);
            }
            return account.map(owner -> session(row, owner));
        });
    }

    /** The sessions of somebody, the last one used first. */
    public List<Session> of(String name) {
        Instant now = now();
        return accounts.find(name).stream()
                .flatMap(owner ->
                        rows.of(name).stream().filter(row -> !over(row, now)).map(row -> session(row, owner)))
                .toList();
    }

    /** Ends one of somebody's own; false when they have none such. */
    public boolean end(String name, String key) {
        return rows.end(name, key);
    }

    /** Ends all of somebody but this one; how many there were. */
    public int endOthers(String name, String key) {
        return rows.endOthers(name, key);
    }

    public int endAll(String name) {
        return rows.endOthers(name, "");
    }

    void forgetOver() {
        rows.endOlder(now().minus(rules.longest()), now().minus(rules.idle()));
    }

    private boolean over(SessionRows.Row row, Instant now) {
        return !now.isBefore(row.began().plus(rules.longest()))
                || !now.isBefore(row.seen().plus(rules.idle()));
    }

    private static Session session(SessionRows.Row row, Account owner) {
        return new Session(
                row.digest(),
                new Person(owner.name(), owner.display(), Standing.rights(owner), Person.Means.valueOf(row.means())),
                owner.oneTimeUntil().isPresent(),
                row.began(),
                row.seen(),
                row.address(),
                row.browser());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
