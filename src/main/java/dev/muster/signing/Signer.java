package dev.muster.signing;

/** Whoever holds a private key, wherever that lies, and signs with it. */
public interface Signer {
    /** Signs with the key's own algorithm. */
    byte[] sign(byte[] message);

    /** The public half. */
    PublicKeyText publicKey();

    /** The SHA-256 of the public key's SubjectPublicKeyInfo, in hex. */
    default String keyId() {
        return publicKey().keyId();
    }

    /** The public key as others take it. */
    default String publicKeyPem() {
        return publicKey().pem();
    }

    /** Whether the key was made for a demonstration, and is to be trusted by nobody. */
    default boolean demonstration() {
        return publicKey().demonstration();
    }
}
