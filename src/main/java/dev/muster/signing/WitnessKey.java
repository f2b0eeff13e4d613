package dev.muster.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The public key of a witness, who co-signs notes as c2sp.org/tlog-cosignature says. */
public record WitnessKey(String name, PublicKeyText key, String hint) {
    private static final byte KIND = 4;
    private static final int POINT = 32;
    private static final int HINT = 4;
    private static final int TIME = 8;
    // What stands before an Ed25519 point in a SubjectPublicKeyInfo.
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** Reads a key as witnesses publish it, {@code name+hint+base64}; empty when it is none of a witness. */
    public static Optional<WitnessKey> parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder().decode(parts[2]);
            if (key.length != 1 + POINT || key[0] != KIND) {
                return Optional.empty();
            }
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            info.writeBytes(PREFIX);
            info.write(key, 1, POINT);
            return PublicKeyText.parse(PemBlock.format("PUBLIC KEY", info.toByteArray()))
                    .map(pem -> new WitnessKey(parts[0], pem, hint(parts[0], key)))
                    .filter(read -> read.hint().equals(parts[1]));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String hint(String name, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key), 0, HINT);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** When the witness says it has co-signed this text; empty when the line is no signature of this witness over it. */
    public Optional<Instant> cosigned(String text, SignedNote.Line line) {
        if (!line.name().equals(name)) {
            return Optional.empty();
        }
        try {
            ByteBuffer signature = ByteBuffer.wrap(Base64.getDecoder().decode(line.signature()));
            if (signature.remaining() <= HINT + TIME) {
                return Optional.empty();
            }
            byte[] whose = new byte[HINT];
            signature.get(whose);
            long time = signature.getLong();
            byte[] message = ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
            byte[] rest = Arrays.copyOfRange(signature.array(), HINT + TIME, signature.array().length);
            return time >= 0 && HexFormat.of().formatHex(whose).equals(hint) && key.verifies(message, rest)
                    ? Optional.of(Instant.ofEpochSecond(time))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
