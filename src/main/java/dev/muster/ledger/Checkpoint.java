package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.signing.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ledger was at one moment, signed: to be kept where the ledger's keeper cannot change it.
 *
 * @param size the number of events
 * @param head the digest of the last one
 * @param signature over everything above it in the text, in base64
 */
public record Checkpoint(long size, String head, Instant at, String keyId, String signature) {
    private static final Pattern TEXT = Pattern.compile("""
            Muster ledger checkpoint
            size ([0-9]{1,18})
            head ([0-9a-f]{64})
            at (\\S{20,30})
            key ([0-9a-f]{64})

            ([A-Za-z0-9+/=]+)
            """);

    static Checkpoint sign(long size, String head, Instant at, SigningKeys keys) {
        Checkpoint unsigned = new Checkpoint(size, head, at, keys.keyId(), "");
        return new Checkpoint(
                size, head, at, keys.keyId(), Base64.getEncoder().encodeToString(keys.sign(unsigned.body())));
    }

    /** Reads a checkpoint from its file. */
    public static Checkpoint read(Path file) {
        try {
            Matcher text = TEXT.matcher(Files.readString(file));
            if (text.matches()) {
                return new Checkpoint(
                        Long.parseLong(text.group(1)),
                        text.group(2),
                        Instant.parse(text.group(3)),
                        text.group(4),
                        text.group(5));
            }
            throw unreadable(file, "it is not laid out as one");
        } catch (IOException | DateTimeException failed) {
            throw unreadable(file, failed.toString());
        }
    }

    private static CouldNotRun unreadable(Path file, String why) {
        return new CouldNotRun(new Problem(
                "The checkpoint cannot be read: " + why,
                file.toString(),
                "Name a file that `muster ledger checkpoint` has written."));
    }

    /** Whether this is what the holder of that key has signed. */
    public boolean signedBy(String publicKeyPem) {
        try {
            return SigningKeys.verify(publicKeyPem, body(), Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The checkpoint as its file holds it: the signed lines, an empty line, the signature. */
    public String text() {
        return new String(body(), StandardCharsets.UTF_8) + "\n" + signature + "\n";
    }

    private byte[] body() {
        return ("Muster ledger checkpoint\nsize " + size + "\nhead " + head + "\nat " + at + "\nkey " + keyId + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
