package dev.muster.backup.format;

import dev.muster.drill.Asset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The program that a backup was encrypted with as a whole, found out from its first bytes. */
public enum Seal {
    AGE("age"),
    GPG("GnuPG"),
    OPENSSL("openssl");

    /** So many bytes tell. */
    static final int HEAD = 64;

    private static final String NO_KEY = ", and the runbook has no key: set ";
    private static final String AGE_BINARY = "age-encryption.org/";
    private static final String AGE_TEXT = "-----BEGIN AGE ENCRYPTED FILE-----";
    private static final String GPG_TEXT = "-----BEGIN PGP MESSAGE-----";
    private static final String OPENSSL_BINARY = "Salted__";
    /** The same eight bytes in Base64; the last letter depends on what follows. */
    private static final String OPENSSL_TEXT = "U2FsdGVkX1";

    private final String label;

    Seal(String label) {
        this.label = label;
    }

    /** Absent when the bytes begin as none of them does. */
    public static Optional<Seal> of(byte[] head) {
        if (Bytes.startsWith(head, AGE_BINARY) || Bytes.startsWith(head, AGE_TEXT)) {
            return Optional.of(AGE);
        }
        if (Bytes.startsWith(head, GPG_TEXT) || startsSession(head)) {
            return Optional.of(GPG);
        }
        return Bytes.startsWith(head, OPENSSL_BINARY) || Bytes.startsWith(head, OPENSSL_TEXT)
                ? Optional.of(OPENSSL)
                : Optional.empty();
    }

    /** Absent when the file begins as none of them does. */
    public static Optional<Seal> of(Path file) throws IOException {
        return of(head(file));
    }

    /** Whether the encrypted bytes are written as text. */
    public static boolean asText(byte[] head) {
        return Bytes.startsWith(head, "-----BEGIN ") || Bytes.startsWith(head, OPENSSL_TEXT);
    }

    /** Whether the encrypted bytes in a file are written as text. */
    public static boolean asText(Path file) throws IOException {
        return asText(head(file));
    }

    /** The sentence for a backup that the runbook gives no key for. */
    String noKey(Asset asset) {
        return "It is encrypted with " + label + NO_KEY + "`backups." + asset.label()
                + ".key` to the reference of the secret that opens it";
    }

    /** Whether a backup was passed over for want of a key, which says nothing about it. */
    public static boolean lacksKey(String reason) {
        return reason.contains(NO_KEY);
    }

    /** The program's name as people know it. */
    public String label() {
        return label;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(HEAD);
        }
    }

    /** An OpenPGP message begins with the packets that hold its session key: for a public key, or for a pass phrase. */
    private static boolean startsSession(byte[] head) {
        if (head.length < 4) {
            return false;
        }
        int tag = head[0] & 0xff;
        return switch (tag) {
            case 0x84, 0xc1 -> isPublicKeyVersion(head[2]) || (tag == 0xc1 && isPublicKeyVersion(head[3]));
            case 0x85 -> isPublicKeyVersion(head[3]);
            case 0x8c, 0xc3 -> head[2] >= 4 && head[2] <= 6;
            default -> false;
        };
    }

    private static boolean isPublicKeyVersion(byte version) {
        return version == 3 || version == 6;
    }
}
