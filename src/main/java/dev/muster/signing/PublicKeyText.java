package dev.muster.signing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key in the form in which people pass it on.
 *
 * @param keyId the SHA-256 of the SubjectPublicKeyInfo, in hex
 * @param demonstration whether the key says of itself that nobody should trust it
 */
public record PublicKeyText(String keyId, String pem, boolean demonstration) {
    private static final String TYPE = "PUBLIC KEY";
    // Text before a PEM block is ignored by every reader of PEM, so the warning travels with the key.
    private static final String WARNING = "Muster demonstration key, not trusted\n";

    static PublicKeyText of(PublicKey key, boolean demonstration) {
        String pem = heading(demonstration) + PemBlock.format(TYPE, key.getEncoded());
        return new PublicKeyText(sha256(key.getEncoded()), pem, demonstration);
    }

    /** Reads a PEM text; empty when it holds no Ed25519 public key. */
    public static Optional<PublicKeyText> parse(String pem) {
        try {
            PublicKey key = Ed25519.publicKey(PemBlock.parse(TYPE, pem));
            return Optional.of(new PublicKeyText(sha256(key.getEncoded()), pem, saysDemonstration(pem)));
        } catch (GeneralSecurityException notAKey) {
            return Optional.empty();
        }
    }

    /** Whether the signature over the message was made with the private half of this key. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(Ed25519.ALGORITHM);
            verifier.initVerify(Ed25519.publicKey(PemBlock.parse(TYPE, pem)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    static String heading(boolean demonstration) {
        return demonstration ? WARNING : "";
    }

    static boolean saysDemonstration(String pem) {
        return pem.startsWith(WARNING);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
