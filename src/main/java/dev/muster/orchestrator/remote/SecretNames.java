package dev.muster.orchestrator.remote;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the secrets of a vault are called where a worker finds them. */
record SecretNames(String vault) {
    private static final int DIGITS = 32;

    String accessKey() {
        return "vault." + vault + ".access-key";
    }

    String secretKey() {
        return "vault." + vault + ".secret-key";
    }

    String sessionToken() {
        return "vault." + vault + ".session-token";
    }

    /** What the secret behind a reference is called; a reference may hold characters that no file's name may. */
    static String of(String reference) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(reference.getBytes(StandardCharsets.UTF_8));
            return "reference." + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
