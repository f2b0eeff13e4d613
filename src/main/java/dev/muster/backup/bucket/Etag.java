package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.digest.ExpectedDigest;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag that a vault gives an object when it is stored: most often an MD5 of its bytes, or of those of its parts. */
final class Etag {
    /** The size in which the usual clients cut large uploads, and in which they are read here. */
    static final int PART = 8 * 1024 * 1024;

    private static final Pattern WHOLE = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern IN_PARTS = Pattern.compile("([0-9a-fA-F]{32})-(\\d+)");

    private final String value;
    private final Form form;
    private final MessageDigest md5 = Algorithm.MD5.start();
    private String encryption = "";

    Etag(String value, long size) {
        this.value = value.toLowerCase(Locale.ROOT);
        this.form = form(value, size);
    }

    void update(Part part) {
        switch (form) {
            case WHOLE -> md5.update(part.bytes());
            case IN_PARTS -> md5.update(Algorithm.MD5.start().digest(part.bytes()));
            case NONE -> {}
        }
        encryption = part.encryption();
    }

    /** Absent when it cannot be compared. */
    Optional<Comparison> comparison() {
        if (form == Form.NONE || encrypted()) {
            return Optional.empty();
        }
        String found = HexFormat.of().formatHex(md5.digest());
        if (form == Form.WHOLE) {
            return Optional.of(comparison(value, found, "its ETag, made by the vault when the object was stored"));
        }
        Comparison ofParts = comparison(
                value.substring(0, found.length()),
                found,
                "its ETag over parts, made by the vault when the object was stored");
        // With parts of another size the digest differs although the bytes do not.
        return Optional.of(ofParts).filter(Comparison::same);
    }

    String whyNotCompared() {
        return encrypted()
                ? "The vault encrypts the object with a key of its own, so its ETag is no digest of the bytes."
                : "The object was stored in parts of unknown size, so its ETag cannot be compared with the bytes.";
    }

    private boolean encrypted() {
        return encryption.startsWith("aws:");
    }

    private static Comparison comparison(String expected, String found, String source) {
        return new Comparison(new ExpectedDigest(Algorithm.MD5, expected, ExpectedDigest.Origin.ETAG, source), found);
    }

    private static Form form(String etag, long size) {
        if (WHOLE.matcher(etag).matches()) {
            return Form.WHOLE;
        }
        Matcher inParts = IN_PARTS.matcher(etag);
        long parts = (size + PART - 1) / PART;
        return inParts.matches() && inParts.group(2).equals(String.valueOf(parts)) ? Form.IN_PARTS : Form.NONE;
    }

    private enum Form {
        WHOLE,
        IN_PARTS,
        NONE
    }
}
