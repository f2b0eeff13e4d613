package dev.muster.people;

import dev.muster.catalog.people.Account;
import dev.muster.catalog.people.Accounts;
import dev.muster.catalog.people.Browsers;
import dev.muster.drill.Secret;
import dev.muster.people.password.Pace;
import dev.muster.people.password.PasswordRules;
import dev.muster.people.password.Passwords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Lets people in by name and password. */
public final class SignIn {
    private static final int LONGEST_NAME = 200;
    private static final Duration BROWSER_KNOWN = Duration.ofDays(90);

    private final Accounts accounts;
    private final Browsers browsers;
    private final Passwords passwords;
    private final Pace pace;
    private final AuditLog audit;
    private final Clock clock;

    SignIn(Accounts accounts, Browsers browsers, Passwords passwords, Pace pace, AuditLog audit, Clock clock) {
        this.accounts = accounts;
        this.browsers = browsers;
        this.passwords = passwords;
        this.pace = pace;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How it went: absent name when name or password is wrong.
     *
     * @param name who it is
     * @param pause how long to wait before the next try
     */
    public record Outcome(Optional<String> name, Optional<Duration> pause) {
        static final Outcome WRONG = new Outcome(Optional.empty(), Optional.empty());
    }

    /**
     * Somebody says who they are. That there is nobody of this name takes as long, and is answered as, a wrong password.
     *
     * @param browser what a browser holds in which somebody has signed in before
     */
    public Outcome with(String typed, Secret password, String address, Optional<String> browser) {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST_NAME) {
            return Outcome.WRONG;
        }
        Optional<String> known = browser.map(Unguessable::digest).filter(digest -> browsers.knows(digest, name));
        Optional<Duration> pause = pace.take(name, address, known);
        Optional<Account> account = accounts.find(name);
        if (pause.isPresent()) {
            audit.noteRefused(actor(account, address), Action.SIGN_IN, "", "tries too fast");
            return new Outcome(Optional.empty(), pause);
        }
        if (!rightPassword(account, password)) {
            audit.noteRefused(actor(account, address), Action.SIGN_IN, "", "wrong name or password");
            return Outcome.WRONG;
        }
        pace.succeeded(name, address, known);
        accounts.change(name, (before, everybody) -> rehashed(before, password).signedIn(now()));
        audit.note(new Actor(name, address), Action.SIGN_IN, "");
        return new Outcome(Optional.of(name), Optional.empty());
    }

    /** From now on, what strangers try does not hold up this browser. */
    public void remember(String browser, String name) {
        browsers.remember(Unguessable.digest(browser), name, now());
    }

    boolean rightPassword(Optional<Account> account, Secret password) {
        boolean tooLong = password.reveal().length() > 2 * PasswordRules.LONGEST;
        String hash = account.flatMap(Account::password).orElse(passwords.nobodys());
        boolean matches = passwords.matches(tooLong ? new Secret("") : password, hash);
        return matches
                && account.filter(Account::active)
                        .filter(found -> found.oneTimeUntil()
                                .map(until -> until.isAfter(now()))
                                .orElse(true))
                        .isPresent();
    }

    void forgetOld() {
        pace.forgetOld();
        browsers.forgetOlder(now().minus(BROWSER_KNOWN));
    }

    private Account rehashed(Account account, Secret password) {
        return account.password().filter(passwords::outdated).isPresent()
                ? account.with(passwords.hash(password), account.oneTimeUntil())
                : account;
    }

    /** What was typed as a name may be a password; only names of people are noted. */
    private static Actor actor(Optional<Account> account, String address) {
        return new Actor(account.map(Account::name).orElse("somebody unknown"), address);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
