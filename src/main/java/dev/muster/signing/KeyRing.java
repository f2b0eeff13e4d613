package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of an installation, wherever they lie. */
public final class KeyRing {
    private final Path folder;
    private final Map<KeyUse, KeySource> elsewhere;
    private final Clock clock;

    /**
     * The keys of one installation.
     *
     * @param folder where Muster keeps the keys that it made, and all public keys
     * @param elsewhere where the keys lie that it did not make
     */
    public KeyRing(Path folder, Map<KeyUse, KeySource> elsewhere, Clock clock) {
        this.folder = folder;
        this.elsewhere = Map.copyOf(elsewhere);
        this.clock = clock;
    }

    /** A key, and where it lies. */
    public record Held(KeyUse use, String place, Signer signer) {}

    /** Signs evidence. */
    public Signer evidence() {
        return inItsTime(KeyUse.EVIDENCE);
    }

    /** Signs the ledger: with the key for evidence until there is one for the ledger. */
    public Signer ledger() {
        return inItsTime(KeyUse.LEDGER);
    }

    private Signer inItsTime(KeyUse use) {
        Held held = held(use);
        Instant now = clock.instant();
        if (!held.signer().publicKey().validity().includes(now)) {
            throw new CouldNotRun(new Problem(
                    "The key for " + held.use().word() + " is valid "
                            + held.signer().publicKey().validity() + ", and it is " + now,
                    held.place(),
                    "What it signs now would not be trusted. "
                            + (elsewhere.containsKey(held.use())
                                    ? "Name a new one in the settings as `keys."
                                            + held.use().word() + "`."
                                    : "Put a new one in its place with `muster keys rotate "
                                            + held.use().word() + "`.")));
        }
        return held.signer();
    }

    /** The key that is in use, be it in its time or not. */
    public Held held(KeyUse use) {
        KeySource source = elsewhere.get(use);
        if (source != null) {
            return new Held(use, source.toString(), source.open());
        }
        if (use == KeyUse.LEDGER && !SigningKeys.exist(folder, use)) {
            return held(KeyUse.EVIDENCE);
        }
        return new Held(use, use.privateFile(folder).toString(), SigningKeys.open(folder, use));
    }

    /** Every public key that this installation has or had, and those of others that were put beside them. */
    public List<PublicKeyText> publicKeys() {
        List<PublicKeyText> keys = new ArrayList<>(SigningKeys.publicKeys(folder));
        for (KeyUse use : elsewhere.keySet()) {
            PublicKeyText key = held(use).signer().publicKey();
            if (keys.stream().noneMatch(known -> known.keyId().equals(key.keyId()))) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    /**
     * Makes the keys that are missing, and puts the public halves of those that lie elsewhere into the folder.
     *
     * @param length how long those that it makes are to be trusted; absent means for ever
     * @return those that are new
     */
    public List<Held> init(Optional<Period> length) {
        // No beginning: what could not be signed in time may be signed later, by a key that is newer than it.
        Validity validity = length.map(period -> Validity.until(clock.instant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atZone(ZoneOffset.UTC)
                        .plus(period)
                        .toInstant()))
                .orElse(Validity.ALWAYS);
        List<Held> made = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            if (elsewhere.containsKey(use)) {
                Held held = held(use);
                if (KeyFiles.succeed(folder, use, held.signer().publicKey(), clock.instant())) {
                    made.add(held);
                }
            } else if (!SigningKeys.exist(folder, use)) {
                SigningKeys keys = SigningKeys.init(folder, use, validity);
                made.add(new Held(use, use.privateFile(folder).toString(), keys));
            }
        }
        if (made.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "There is a signing key already, and one for the ledger",
                    folder.toString(),
                    "They are never overwritten. Use them as they are, or replace one with `muster keys rotate"
                            + " evidence` or `muster keys rotate ledger`, which keeps the old public key."));
        }
        return List.copyOf(made);
    }

    /** Puts a new pair in the place of the one in use. */
    public Rotation rotate(KeyUse use) {
        KeySource source = elsewhere.get(use);
        if (source != null) {
            throw new CouldNotRun(new Problem(
                    "The key for " + use.word() + " was not made by Muster, so Muster cannot make another there",
                    source.toString(),
                    "Make a new one beside it, name that in the settings as `keys." + use.word()
                            + "`, and run `muster keys init`: it puts the new public key into " + folder
                            + " and ends the old one there. Then hand both out."));
        }
        if (use == KeyUse.LEDGER && !SigningKeys.exist(folder, use)) {
            throw new CouldNotRun(new Problem(
                    "The ledger has no key of its own: the key for evidence signs it",
                    use.privateFile(folder).toString(),
                    "Make one with `muster keys init`."));
        }
        return SigningKeys.open(folder, use).rotate(clock.instant());
    }

    /** Where the public keys lie. */
    public Path folder() {
        return folder;
    }
}
