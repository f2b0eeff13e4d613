package dev.muster.people;

import dev.muster.catalog.people.Account;
import dev.muster.catalog.people.Accounts;
import dev.muster.catalog.people.TokenRows;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import dev.muster.people.password.Pace;
import dev.muster.people.password.PasswordRules;
import dev.muster.people.password.Passwords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Who may come in, and as what: what administrators change. */
public final class Register {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final int DISPLAY = 100;
    private static final Duration ONE_TIME = Duration.ofHours(24);
    private static final String FIRST = "admin";

    private final Accounts accounts;
    private final Sessions sessions;
    private final TokenRows tokens;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final SignIn signIn;
    private final Pace pace;
    private final AuditLog audit;
    private final Clock clock;

    Register(
            Accounts accounts,
            Sessions sessions,
            TokenRows tokens,
            Passwords passwords,
            PasswordRules rules,
            SignIn signIn,
            Pace pace,
            AuditLog audit,
            Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.rules = rules;
        this.signIn = signIn;
        this.pace = pace;
        this.audit = audit;
        this.clock = clock;
    }

    /** Everybody, by name. */
    public List<Member> all() {
        return accounts.all().stream()
                .map(Register::member)
                .sorted(Comparator.comparing(Member::name))
                .toList();
    }

    public Optional<Member> find(String name) {
        return accounts.find(name).map(Register::member);
    }

    /** Where there is nobody yet: an administrator, by a password that is shown this once and to be changed within a day. */
    public Optional<Secret> firstAdministrator() {
        if (!accounts.all().isEmpty()) {
            return Optional.empty();
        }
        return added(Actor.service(), FIRST, "First administrator", Set.of(Role.ADMINISTRATOR));
    }

    /** Adds somebody, by a password that is shown this once and to be changed within a day. */
    public Secret add(Actor by, String name, String display, Set<Role> roles) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(
                    "This is no name for a person",
                    "name",
                    "Write at most 63 small letters, digits, dots and hyphens, a letter first.");
        }
        if (display.length() > DISPLAY) {
            throw invalid("The display name is too long", "display name", "Write at most " + DISPLAY + " letters.");
        }
        demandRoles(roles);
        return added(by, name, display.isBlank() ? name : display.strip(), roles)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.CONFLICT,
                        new Problem(
                                "There is somebody called " + name + " already",
                                name,
                                "Choose another name, or change the roles of the one who is there.")));
    }

    private Optional<Secret> added(Actor by, String name, String display, Set<Role> roles) {
        Secret password = passwords.oneTime();
        boolean added = accounts.add(new Account(
                name,
                display,
                Standing.words(roles),
                true,
                Optional.of(passwords.hash(password)),
                Optional.of(now().plus(ONE_TIME)),
                Optional.empty(),
                now(),
                Optional.empty()));
        if (!added) {
            return Optional.empty();
        }
        audit.note(by, Action.ADD_PERSON, name + ": " + words(roles));
        return Optional.of(password);
    }

    public void changeRoles(Actor by, String name, Set<Role> roles) {
        demandRoles(roles);
        change(name, account -> account.with(account.display(), Standing.words(roles)));
        audit.note(by, Action.CHANGE_ROLES, name + ": " + words(roles));
    }

    /** Lets somebody in no more; their sessions and tokens end. */
    public void disable(Actor by, String name) {
        change(name, account -> account.active(false));
        sessions.endAll(name);
        tokens.revokeAll(name, now());
        audit.note(by, Action.DISABLE_PERSON, name);
    }

    public void enable(Actor by, String name) {
        change(name, account -> account.active(true));
        audit.note(by, Action.ENABLE_PERSON, name);
    }

    /** Gives somebody a password that is shown this once and to be changed within a day; their sessions end. */
    public Secret reset(Actor by, String name) {
        Secret password = passwords.oneTime();
        String hash = passwords.hash(password);
        change(name, account -> {
            demandPassword(account);
            return account.with(hash, Optional.of(now().plus(ONE_TIME)));
        });
        sessions.endAll(name);
        pace.forget(name);
        audit.note(by, Action.RESET_PASSWORD, name);
        return password;
    }

    /** Somebody chooses a password; their other sessions end. */
    public void changePassword(Session session, Secret old, Secret chosen, Actor by) {
        String name = session.person().name();
        Optional<Account> account = accounts.find(name);
        account.ifPresent(Register::demandPassword);
        if (pace.take(name, by.from(), Optional.of(session.key())).isPresent()) {
            throw invalid("That was tried too often", "old password", "Wait a minute, and try again.");
        }
        if (!signIn.rightPassword(account, old)) {
            audit.noteRefused(by, Action.CHANGE_PASSWORD, name, "wrong old password");
            throw invalid("The old password is wrong", "old password", "Type the one that you signed in with.");
        }
        pace.succeeded(name, by.from(), Optional.of(session.key()));
        rules.problem(chosen, name).ifPresent(problem -> {
            throw new Refusal(Refusal.Reason.INVALID, problem);
        });
        if (old.reveal().equals(chosen.reveal())) {
            throw invalid("This is the old password", "password", "Choose another one.");
        }
        String hash = passwords.hash(chosen);
        change(name, before -> before.with(hash, Optional.empty()));
        sessions.endOthers(name, session.key());
        audit.note(by, Action.CHANGE_PASSWORD, name);
    }

    private void change(String name, UnaryOperator<Account> change) {
        Optional<Account> changed = accounts.change(name, (before, everybody) -> {
            Account after = change.apply(before);
            demandAdministrator(before, after, everybody);
            return after;
        });
        if (changed.isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN,
                    new Problem(
                            "There is nobody called " + name,
                            name,
                            "See who there is on /people, or with `muster users list`."));
        }
    }

    /** Without any administrator nobody could change this. */
    private static void demandAdministrator(Account before, Account after, List<Account> everybody) {
        boolean another =
                everybody.stream().anyMatch(one -> !one.name().equals(before.name()) && Standing.administers(one));
        if (Standing.administers(before) && !Standing.administers(after) && !another) {
            throw new Refusal(
                    Refusal.Reason.CONFLICT,
                    new Problem(
                            before.name() + " is the last administrator",
                            before.name(),
                            "Make somebody else an administrator first."));
        }
    }

    private static void demandPassword(Account account) {
        account.origin().ifPresent(origin -> {
            throw new Refusal(
                    Refusal.Reason.CONFLICT,
                    new Problem(
                            account.name() + " has no password here",
                            origin.issuer(),
                            "They sign on elsewhere; the password is changed there."));
        });
    }

    private static void demandRoles(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw invalid("Somebody without a role may do nothing", "roles", "Choose at least one role.");
        }
    }

    private static String words(Set<Role> roles) {
        return String.join(", ", new TreeSet<>(Standing.words(roles)));
    }

    private static Member member(Account account) {
        return new Member(
                account.name(),
                account.display(),
                Standing.roles(account),
                account.active(),
                account.origin().map(Account.Origin::issuer),
                account.oneTimeUntil(),
                account.lastSignIn());
    }

    private static Refusal invalid(String what, String where, String remedy) {
        return new Refusal(Refusal.Reason.INVALID, new Problem(what, where, remedy));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
