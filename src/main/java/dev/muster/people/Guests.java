package dev.muster.people;

import dev.muster.catalog.people.Account;
import dev.muster.catalog.people.Accounts;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** People whom a provider knows: who they are and what they may do follows from what it says, each time they come. */
public final class Guests {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DISPLAY = 100;
    private static final int LONGEST_SUBJECT = 255;
    private static final int NAMESAKES = 1000;

    private final Accounts accounts;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Clock clock;

    Guests(Accounts accounts, Sessions sessions, AuditLog audit, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Somebody whom a provider knows.
     *
     * @param subject stands for the same person for ever; nothing else does
     */
    public record Guest(URI issuer, String subject, Optional<String> name, Optional<String> display, Set<Role> roles) {
        public Guest {
            roles = Set.copyOf(roles);
        }
    }

    /** Lets somebody in; the name under which they are known here. */
    public String admit(Guest guest, String from) {
        Account.Origin origin = new Account.Origin(guest.issuer().toString(), guest.subject());
        Optional<Account> known = accounts.find(origin);
        if (guest.roles().isEmpty() || guest.subject().length() > LONGEST_SUBJECT) {
            // Whoever has lost every role shall not go on with what is still open.
            known.ifPresent(account -> sessions.endAll(account.name()));
            throw notHere(guest, from, "no role");
        }
        known.filter(account -> !account.roles().equals(words(guest)))
                .ifPresent(account -> audit.note(
                        Actor.service(),
                        Action.CHANGE_ROLES,
                        account.name() + ": " + String.join(", ", new TreeSet<>(words(guest)))));
        String name = known.map(Account::name).orElseGet(() -> added(guest, origin));
        Account account = accounts.change(
                        name,
                        (before, everybody) ->
                                before.with(display(guest, name), words(guest)).signedIn(now()))
                .orElseThrow();
        if (!account.active()) {
            throw notHere(guest, from, "disabled");
        }
        audit.note(new Actor(name, from), Action.SIGN_IN, guest.issuer().toString());
        return name;
    }

    public void refused(URI issuer, String from, String why) {
        audit.noteRefused(new Actor("somebody unknown", from), Action.SIGN_IN, issuer.toString(), why);
    }

    /** The sign at the end keeps them apart from those who have a password here, whatever they are called. */
    private String added(Guest guest, Account.Origin origin) {
        String base = clean(guest.name().filter(name -> !clean(name).isEmpty()).orElse(guest.subject()));
        String name = IntStream.rangeClosed(1, NAMESAKES)
                .mapToObj(number -> base + (number == 1 ? "" : "-" + number) + "@"
                        + guest.issuer().getHost())
                .filter(candidate -> accounts.add(new Account(
                        candidate,
                        display(guest, candidate),
                        words(guest),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(origin),
                        now(),
                        Optional.empty())))
                .findFirst()
                .orElseThrow();
        audit.note(Actor.service(), Action.ADD_PERSON, name + ": " + String.join(", ", new TreeSet<>(words(guest))));
        return name;
    }

    private Refusal notHere(Guest guest, String from, String why) {
        refused(guest.issuer(), from, why);
        return new Refusal(
                Refusal.Reason.NOT_ALLOWED,
                new Problem(
                        "You are known at " + guest.issuer().getHost() + ", and may do nothing here",
                        guest.issuer().toString(),
                        "Ask an administrator for a group that has a role in Muster."));
    }

    private static Set<String> words(Guest guest) {
        return Standing.words(guest.roles());
    }

    private static String display(Guest guest, String name) {
        return guest.display()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> cut(text, LONGEST_DISPLAY))
                .orElse(name);
    }

    private static String clean(String text) {
        return cut(text.toLowerCase(Locale.ROOT).replaceAll("@.*", "").replaceAll("[^a-z0-9._-]", ""), LONGEST_NAME);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
