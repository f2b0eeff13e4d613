package dev.muster.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digests an object on its way, in parts, and compares what its vault said when it was stored. */
final class Digests {
    /** The size in which the usual clients cut large uploads, and in which they are read here. */
    static final int PART = 8 * 1024 * 1024;

    private static final Pattern WHOLE = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern IN_PARTS = Pattern.compile("[0-9a-fA-F]{32}-(\\d+)");

    private final String etag;
    private final Form form;
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private String encryption = "";
    private long bytes;

    Digests(String etag, long size) {
        this.etag = etag;
        this.form = form(etag, size);
    }

    /** The next part of {@value PART} bytes, or the last, shorter one. */
    void update(Part part) {
        byte[] content = part.bytes();
        sha256.update(content);
        switch (form) {
            case WHOLE -> md5.update(content);
            case IN_PARTS -> md5.update(digest("MD5").digest(content));
            case NONE -> {}
        }
        encryption = part.encryption();
        bytes += content.length;
    }

    Result result() {
        String sha = HexFormat.of().formatHex(sha256.digest());
        String computed = HexFormat.of().formatHex(md5.digest());
        if (encryption.startsWith("aws:")) {
            return new Result(
                    sha,
                    bytes,
                    Comparison.IMPOSSIBLE,
                    "None: the vault encrypts the object with a key of its own, so its ETag is no digest of the bytes.");
        }
        boolean same = form != Form.NONE && etag.regionMatches(true, 0, computed, 0, computed.length());
        return switch (form) {
            case WHOLE ->
                new Result(
                        sha,
                        bytes,
                        same ? Comparison.SAME : Comparison.DIFFERENT,
                        "The MD5 that the vault made when the object was stored (its ETag) was compared.");
            // With parts of another size the digest differs although the bytes do not.
            case IN_PARTS ->
                same
                        ? new Result(
                                sha,
                                bytes,
                                Comparison.SAME,
                                "The MD5 of parts that the vault made when the object was stored (its ETag) was compared.")
                        : unprotected(sha);
            case NONE -> unprotected(sha);
        };
    }

    private Result unprotected(String sha) {
        return new Result(
                sha,
                bytes,
                Comparison.IMPOSSIBLE,
                "None: the object was stored in parts of unknown size, so its ETag cannot be compared with the bytes.");
    }

    private static Form form(String etag, long size) {
        if (WHOLE.matcher(etag).matches()) {
            return Form.WHOLE;
        }
        Matcher inParts = IN_PARTS.matcher(etag);
        long parts = (size + PART - 1) / PART;
        return inParts.matches() && inParts.group(1).equals(String.valueOf(parts)) ? Form.IN_PARTS : Form.NONE;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private enum Form {
        WHOLE,
        IN_PARTS,
        NONE
    }

    /** What a comparison with the vault's own digest came to. */
    enum Comparison {
        SAME,
        DIFFERENT,
        IMPOSSIBLE
    }

    /** @param protection which digest was compared, or why none could be, in a sentence */
    record Result(String sha256, long bytes, Comparison comparison, String protection) {}
}
