package dev.muster.orchestrator;

import dev.muster.orchestrator.Doctor.Fact;
import dev.muster.orchestrator.Doctor.State;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.PublicKeyText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Looks whether a key is there, signs, and will do so for a while. */
final class KeyExamination {
    private static final Duration SOON = Duration.ofDays(30);
    private static final byte[] TRIAL = "muster doctor".getBytes(StandardCharsets.US_ASCII);

    private final KeyRing keys;
    private final Clock clock;

    KeyExamination(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    Fact examine(String subject, KeyUse use) {
        KeyRing.Held held = keys.held(use);
        held.signer().sign(TRIAL);
        PublicKeyText key = held.signer().publicKey();
        String what = key.keyId() + ", " + key.kind().word() + ", " + held.place();
        if (held.use() != use) {
            return Doctor.good(
                    subject, "none of its own: the signing key signs the ledger too; `muster keys init` makes one");
        }
        Instant now = clock.instant();
        String remedy = "Get a new one before: `muster keys rotate " + use.word()
                + "`, or where the key lies. What a key signs outside of its time is not trusted.";
        if (!key.validity().includes(now)) {
            return new Fact(subject, State.WRONG, what + ", valid " + key.validity(), remedy);
        }
        if (!key.validity().includes(now.plus(SOON))) {
            return new Fact(subject, State.MISSING, what + ", soon at its end: valid " + key.validity(), remedy);
        }
        return Doctor.good(
                subject,
                what
                        + (key.validity().endless() ? "" : ", valid " + key.validity())
                        + (key.demonstration() ? ", demonstration key, not trusted" : ""));
    }
}
