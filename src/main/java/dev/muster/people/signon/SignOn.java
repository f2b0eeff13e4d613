package dev.muster.people.signon;

import dev.muster.catalog.people.SignOns;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.people.Guests;
import dev.muster.people.Role;
import dev.muster.people.Unguessable;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people in whom a provider knows: by authorisation code with PKCE, bound to the browser that asked. */
public final class SignOn {
    private static final Logger LOG = LoggerFactory.getLogger(SignOn.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration ASKED_AGAIN = Duration.ofHours(1);

    private final SignOnSettings settings;
    private final SignOns rows;
    private final Guests guests;
    private final SecureRandom chance = new SecureRandom();
    private final Clock clock;

    private @Nullable Provider provider;
    private Instant asked = Instant.MIN;

    public SignOn(SignOnSettings settings, SignOns rows, Guests guests, Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.guests = guests;
        this.clock = clock;
    }

    /**
     * Somebody is sent to the provider.
     *
     * @param browser what their browser is to hold meanwhile
     */
    public record Begun(URI to, String browser) {}

    /** Somebody came back, and is known by this name. */
    public record Done(String name, String target) {}

    /** Where browsers reach Muster, when the settings say so. */
    public Optional<URI> address() {
        return settings.address();
    }

    public Begun begin(String target, URI returnTo) {
        Provider known = provider();
        String state = Unguessable.fresh(chance);
        String nonce = Unguessable.fresh(chance);
        String verifier = Unguessable.fresh(chance);
        String browser = Unguessable.fresh(chance);
        rows.forgetOlder(now().minus(LONGEST));
        rows.add(new SignOns.Row(
                Unguessable.digest(state), Unguessable.digest(browser), nonce, verifier, target, now()));
        return new Begun(known.authorization(state, nonce, verifier, returnTo), browser);
    }

    /**
     * Somebody comes back.
     *
     * @param returned the whole address they come with
     * @param browser what their browser holds
     * @param from the address of their machine
     */
    public Done complete(URI returned, String state, Optional<String> browser, URI returnTo, String from) {
        try {
            // Taken first: whatever is wrong with it, it is of no use a second time.
            SignOns.Row sent = rows.take(Unguessable.digest(state))
                    .filter(row -> row.begun().plus(LONGEST).isAfter(now()))
                    .filter(row -> browser.map(Unguessable::digest)
                            .filter(digest -> Unguessable.same(digest, row.browser()))
                            .isPresent())
                    .orElseThrow(() -> new NotProven("this sign-on was not begun in this browser, or is over"));
            Identity identity = provider().identity(returned, sent, returnTo);
            Set<Role> roles = identity.groups().stream()
                    .flatMap(group -> Optional.ofNullable(settings.roles().get(group)).stream())
                    .collect(Collectors.toSet());
            String name = guests.admit(
                    new Guests.Guest(settings.issuer(), identity.subject(), identity.name(), identity.display(), roles),
                    from);
            return new Done(name, sent.target());
        } catch (NotProven refused) {
            LOG.info("A sign-on was refused: {}", refused.reason());
            guests.refused(settings.issuer(), from, "sign-on not proven");
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            "The sign-on cannot be completed",
                            settings.issuer().toString(),
                            "Begin again at /login. If it fails again, an administrator finds the reason in the log of"
                                    + " `muster serve`."));
        } catch (IOException silent) {
            throw silent(silent);
        }
    }

    private synchronized Provider provider() {
        Provider known = provider;
        if (known != null && asked.plus(ASKED_AGAIN).isAfter(now())) {
            return known;
        }
        try {
            Provider found = Provider.found(settings);
            provider = found;
            asked = now();
            return found;
        } catch (IOException silent) {
            throw silent(silent);
        }
    }

    private CouldNotRun silent(IOException cause) {
        return new CouldNotRun(
                new Problem(
                        "The provider for sign-on does not answer as it should (" + cause.getMessage() + ")",
                        settings.issuer().toString(),
                        "See that it is up and that `serve.signOn.issuer` is its address. People with a password here can"
                                + " sign in meanwhile."),
                cause);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
