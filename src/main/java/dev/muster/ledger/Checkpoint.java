package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SignedNote;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ledger was at one moment, signed: to be kept where the ledger's keeper cannot change it. Its text is that of
 * c2sp.org/tlog-checkpoint, so that the witnesses and tools of transparency logs take it.
 *
 * @param origin which ledger it is of
 * @param size the number of events
 * @param root the hash of RFC 6962 over their lines, in hex
 */
public record Checkpoint(String origin, long size, String root, Instant at, SignedNote note) {
    private static final Pattern TEXT = Pattern.compile("""
            (muster-ledger/[0-9a-f]{16})
            (0|[1-9][0-9]{0,17})
            ([A-Za-z0-9+/]{43}=)
            at (\\S{20,30})
            """);

    static Checkpoint sign(String origin, long size, byte[] root, Instant at, Signer signer) {
        String text = origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\nat " + at + "\n";
        return new Checkpoint(origin, size, HexFormat.of().formatHex(root), at, SignedNote.sign(text, origin, signer));
    }

    /** Reads a checkpoint; empty when the text is not laid out as one. */
    public static Optional<Checkpoint> parse(String text) {
        return SignedNote.parse(text).flatMap(note -> {
            Matcher lines = TEXT.matcher(note.text());
            try {
                return lines.matches()
                        ? Optional.of(new Checkpoint(
                                lines.group(1),
                                Long.parseLong(lines.group(2)),
                                HexFormat.of().formatHex(Base64.getDecoder().decode(lines.group(3))),
                                Instant.parse(lines.group(4)),
                                note))
                        : Optional.<Checkpoint>empty();
            } catch (DateTimeException | IllegalArgumentException malformed) {
                return Optional.empty();
            }
        });
    }

    /** Reads a checkpoint from its file. */
    public static Checkpoint read(Path file) {
        try {
            return parse(Files.readString(file)).orElseThrow(() -> unreadable(file, "it is not laid out as one"));
        } catch (IOException failed) {
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
    public boolean signedBy(PublicKeyText key) {
        return note.signedBy(origin, key);
    }

    /** The same with one more signature. */
    public Checkpoint with(SignedNote.Line signature) {
        return new Checkpoint(origin, size, root, at, note.with(signature));
    }

    /** The checkpoint as its file holds it. */
    public String text() {
        return note.format();
    }
}
