package dev.muster.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key in the form in which people pass it on.
 *
 * @param keyId the SHA-256 of the SubjectPublicKeyInfo, in hex
 * @param demonstration whether the key says of itself that nobody should trust it
 * @param validity when it may sign, as the text says
 */
public record PublicKeyText(String keyId, String pem, KeyKind kind, boolean demonstration, Validity validity) {
    private static final String TYPE = "PUBLIC KEY";
    // Text before a PEM block is ignored by every reader of PEM, so the warning travels with the key.
    private static final String WARNING = "Muster demonstration key, not trusted\n";
    private static final int HINT_BYTES = 4;

    static PublicKeyText of(PublicKey key, boolean demonstration, Validity validity) throws InvalidKeyException {
        byte[] encoded = key.getEncoded();
        String pem = heading(demonstration, validity) + PemBlock.format(TYPE, encoded);
        return new PublicKeyText(sha256(encoded), pem, KeyKind.of(encoded), demonstration, validity);
    }

    /** Reads a PEM text; empty when it holds no public key that is Ed25519 or P-256. */
    public static Optional<PublicKeyText> parse(String pem) {
        try {
            byte[] encoded = PemBlock.parse(TYPE, pem);
            KeyKind kind = KeyKind.of(encoded);
            return Optional.of(
                    new PublicKeyText(sha256(encoded), pem, kind, saysDemonstration(pem), PemBlock.validity(pem)));
        } catch (GeneralSecurityException notAKey) {
            return Optional.empty();
        }
    }

    /** Whether the signature over the message was made with the private half of this key. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            if (!kind.wellFormed(signature)) {
                return false;
            }
            Signature verifier = Signature.getInstance(kind.signatureAlgorithm());
            verifier.initVerify(kind.publicKey(encoded()));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The same key, with another time in which it may sign. */
    PublicKeyText with(Validity other) {
        return new PublicKeyText(
                keyId, heading(demonstration, other) + PemBlock.format(TYPE, encoded()), kind, demonstration, other);
    }

    /** How a signed note of this signer hints at the key. */
    byte[] noteHint(String name) {
        return Arrays.copyOf(digest(kind.noteHint(name, encoded())), HINT_BYTES);
    }

    /** The key as tools for signed notes take it. */
    public String noteKey(String name) {
        byte[] key = SshSignature.concatenated(new byte[] {kind.noteType()}, kind.noteKey(encoded()));
        return name + "+" + HexFormat.of().formatHex(noteHint(name)) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /** The key as ssh takes it: the line of a {@code .pub} file, without an end. */
    public String sshKey() {
        return kind.sshType() + " " + Base64.getEncoder().encodeToString(sshBlob());
    }

    byte[] sshBlob() {
        return SshSignature.concatenated(SshSignature.string(kind.sshType()), kind.sshPoint(kind.point(encoded())));
    }

    /** The SubjectPublicKeyInfo. */
    byte[] encoded() {
        try {
            return PemBlock.parse(TYPE, pem);
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException("the key was read before", malformed);
        }
    }

    static String heading(boolean demonstration, Validity validity) {
        return (demonstration ? WARNING : "") + validity.heading();
    }

    static boolean saysDemonstration(String pem) {
        return pem.startsWith(WARNING);
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
