package dev.muster.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
 */
public record PublicKeyText(String keyId, String pem, boolean demonstration) {
    private static final String TYPE = "PUBLIC KEY";
    // Text before a PEM block is ignored by every reader of PEM, so the warning travels with the key.
    private static final String WARNING = "Muster demonstration key, not trusted\n";

    static final String SSH_TYPE = "ssh-ed25519";
    static final int SIGNATURE_BYTES = 64;

    private static final byte NOTE_KIND = 1;
    private static final int POINT_BYTES = 32;
    private static final int HINT_BYTES = 4;

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

    /** How a signed note of this signer hints at the key: with its name, its kind and its point on the curve. */
    byte[] noteHint(String name) {
        byte[] text = SshSignature.concatenated(
                (name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {NOTE_KIND}, point());
        return Arrays.copyOf(digest(text), HINT_BYTES);
    }

    /** The key as tools for signed notes take it. */
    public String noteKey(String name) {
        byte[] key = SshSignature.concatenated(new byte[] {NOTE_KIND}, point());
        return name + "+" + HexFormat.of().formatHex(noteHint(name)) + "+"
                + Base64.getEncoder().encodeToString(key);
    }

    /** The key as ssh takes it: the line of a {@code .pub} file, without an end. */
    public String sshKey() {
        return SSH_TYPE + " " + Base64.getEncoder().encodeToString(sshBlob());
    }

    byte[] sshBlob() {
        return SshSignature.concatenated(SshSignature.string(SSH_TYPE), SshSignature.string(point()));
    }

    private byte[] point() {
        try {
            byte[] encoded = PemBlock.parse(TYPE, pem);
            return Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException("the key was read before", malformed);
        }
    }

    static String heading(boolean demonstration) {
        return demonstration ? WARNING : "";
    }

    static boolean saysDemonstration(String pem) {
        return pem.startsWith(WARNING);
    }

    private static String sha256(byte[] bytes) {
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
