package dev.muster.people;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How a token is written: a beginning by which scanners recognise it, an id that may be shown, the secret, and a checksum
 * that tells a mistyped one without asking anybody.
 */
record TokenText(String id, String secret) {
    private static final String BEGINNING = "muster_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int RADIX = 36;
    private static final int ID = 13;
    private static final int SECRET = 50;
    private static final int SUM = 7;
    private static final Pattern FORM =
            Pattern.compile(BEGINNING + "([0-9a-z]{" + ID + "})([0-9a-z]{" + SECRET + "})([0-9a-z]{" + SUM + "})");

    static TokenText fresh(SecureRandom chance) {
        return new TokenText(
                padded(new BigInteger(1, Unguessable.bytes(chance, ID_BYTES)), ID),
                padded(new BigInteger(1, Unguessable.bytes(chance, SECRET_BYTES)), SECRET));
    }

    static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && sum(form.group(1) + form.group(2)).equals(form.group(3))
                ? Optional.of(new TokenText(form.group(1), form.group(2)))
                : Optional.empty();
    }

    String text() {
        return BEGINNING + id + secret + sum(id + secret);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return BEGINNING + id + "…";
    }

    private static String sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return padded(BigInteger.valueOf(sum.getValue()), SUM);
    }

    private static String padded(BigInteger number, int length) {
        String digits = number.toString(RADIX);
        return "0".repeat(length - digits.length()) + digits;
    }
}
