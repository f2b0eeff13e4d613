package dev.muster.signing.timestamp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that timestamps are asked over. */
final class Digests {
    private Digests() {}

    static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
