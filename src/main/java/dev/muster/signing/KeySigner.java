package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.util.Optional;

/**
 * Signs with a private key that Java can use, in memory or in a token.
 *
 * @param place where the key lies, for whoever has to look after it
 * @param token what signs in the place of Java
 */
record KeySigner(PrivateKey key, PublicKeyText publicKey, String place, Optional<Provider> token) implements Signer {

    @Override
    public byte[] sign(byte[] message) {
        try {
            String algorithm = publicKey.kind().signatureAlgorithm();
            Signature signature = token.isPresent()
                    ? Signature.getInstance(algorithm, token.get())
                    : Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(message);
            return checked(signature.sign(), message, publicKey, place);
        } catch (GeneralSecurityException | ProviderException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The key does not sign (" + Reasons.of(failed) + ")",
                            place,
                            "See that it is there and may sign; `muster doctor` tries each key."),
                    failed);
        }
    }

    /** A wrong signature is noticed by whoever makes it, rather than by an auditor. */
    static byte[] checked(byte[] signature, byte[] message, PublicKeyText publicKey, String place) {
        if (!publicKey.verifies(message, signature)) {
            throw new CouldNotRun(new Problem(
                    "The signature was not made with the private half of the public key " + publicKey.keyId(),
                    place,
                    "Private and public key must be one pair. See which public key belongs to the private one, and"
                            + " put that in its place."));
        }
        return signature;
    }
}
