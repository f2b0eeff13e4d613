package dev.muster.people;

import dev.muster.catalog.Store;
import dev.muster.catalog.people.Directory;
import dev.muster.ledger.Ledger;
import dev.muster.people.password.Pace;
import dev.muster.people.password.PasswordRules;
import dev.muster.people.password.Passwords;
import java.security.SecureRandom;
import java.time.Clock;

/** Who may do what, and who has done what. */
public final class People {
    private final AuditLog audit;
    private final Sessions sessions;
    private final Tokens tokens;
    private final SignIn signIn;
    private final Register register;
    private final Guests guests;

    public People(Store store, Ledger ledger, SessionRules rules, Clock clock) {
        this(store, ledger, rules, new Passwords(new SecureRandom()), clock);
    }

    People(Store store, Ledger ledger, SessionRules rules, Passwords passwords, Clock clock) {
        SecureRandom chance = new SecureRandom();
        Directory directory = new Directory(store);
        Pace pace = new Pace(directory.tries(), clock);
        this.audit = new AuditLog(ledger, directory.counts(), clock);
        this.sessions = new Sessions(directory.sessions(), directory.accounts(), rules, chance, clock);
        this.tokens = new Tokens(directory.tokens(), directory.accounts(), audit, chance, clock);
        this.signIn = new SignIn(directory.accounts(), directory.browsers(), passwords, pace, audit, clock);
        this.guests = new Guests(directory.accounts(), sessions, audit, clock);
        this.register = new Register(
                directory.accounts(),
                sessions,
                directory.tokens(),
                passwords,
                new PasswordRules(),
                signIn,
                pace,
                audit,
                clock);
    }

    public AuditLog audit() {
        return audit;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Tokens tokens() {
        return tokens;
    }

    public SignIn signIn() {
        return signIn;
    }

    public Register register() {
        return register;
    }

    public Guests guests() {
        return guests;
    }

    /** Forgets what is over, and notes what was only counted; to be called now and then. */
    public void tidy() {
        sessions.forgetOver();
        signIn.forgetOld();
        audit.writeCounted();
    }
}
