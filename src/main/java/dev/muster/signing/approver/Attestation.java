package dev.muster.signing.approver;

import java.util.Optional;

/**
 * What came out when a person's signature was looked at.
 *
 * @param person who it was, by the file of allowed signers; empty when that file does not know the key
 * @param key the key that the signature names; empty when there is no such thing in it
 * @param flaw why the signature does not count; empty when it does
 */
public record Attestation(Optional<String> person, Optional<PersonalKey> key, Optional<String> flaw) {
    /** Whether it is what it should be. */
    public boolean holds() {
        return flaw.isEmpty();
    }
}
