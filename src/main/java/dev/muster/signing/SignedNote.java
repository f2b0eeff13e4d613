package dev.muster.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A short text with signatures below it, as c2sp.org/signed-note lays it out.
 *
 * @param text whole lines, the last one ended as well
 */
public record SignedNote(String text, List<Line> signatures) {
    private static final String DASH = "\u2014 ";
    private static final int HINT = 4;
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature.
     *
     * @param name who is said to have signed
     * @param signature a hint at the key, and then the signature itself, in base64
     */
    public record Line(String name, String signature) {}

    /** Signs a text. */
    public static SignedNote sign(String text, String name, Signer signer) {
        byte[] hint = signer.publicKey().noteHint(name);
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(hint, hint.length + signature.length);
        System.arraycopy(signature, 0, both, hint.length, signature.length);
        return new SignedNote(text, List.of(new Line(name, Base64.getEncoder().encodeToString(both))));
    }

    /** Reads a note; empty when it is not laid out as one. */
    public static Optional<SignedNote> parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (note.length() > LONGEST || blank < 1 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        String text = note.substring(0, blank + 1);
        if (text.chars().anyMatch(each -> each < ' ' && each != '\n')) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(blank + 2).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            String[] parts =
                    line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
            if (parts.length != 2 || !isName(parts[0]) || lines.size() == MOST_SIGNATURES) {
                return Optional.empty();
            }
            lines.add(new Line(parts[0], parts[1]));
        }
        SignedNote parsed = new SignedNote(text, lines);
        // Two ways to write one note would be two notes.
        return Optional.of(parsed)
                .filter(read -> !lines.isEmpty() && read.format().equals(note));
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf('+') < 0 && name.chars().noneMatch(Character::isWhitespace);
    }

    /** Whether the holder of this key has signed the text under this name. */
    public boolean signedBy(String name, PublicKeyText key) {
        byte[] hint = key.noteHint(name);
        for (Line line : signatures) {
            if (line.name().equals(name)) {
                Optional<byte[]> bytes = decoded(line.signature());
                if (bytes.isPresent()
                        && bytes.get().length > HINT
                        && Arrays.equals(Arrays.copyOf(bytes.get(), HINT), hint)) {
                    return key.verifies(
                            text.getBytes(StandardCharsets.UTF_8),
                            Arrays.copyOfRange(bytes.get(), HINT, bytes.get().length));
                }
            }
        }
        return false;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The same with one more signature. */
    public SignedNote with(Line signature) {
        List<Line> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /** The note as it is kept. */
    public String format() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(line -> note.append(DASH)
                .append(line.name())
                .append(' ')
                .append(line.signature())
                .append('\n'));
        return note.toString();
    }
}
