package dev.muster.backup.choice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One is drawn by lot: anybody who knows the seed can draw it again with {@code sha256sum}. */
final class Drawn implements Preference {
    private final String seed;

    Drawn(String seed) {
        this.seed = seed;
    }

    @Override
    public int compare(Standing one, Standing other) {
        return lot(other).compareTo(lot(one));
    }

    /** A look tells whether a backup is complete and changes nothing about its lot. */
    @Override
    public Standing bestCase(Contender one) {
        return one.standing();
    }

    @Override
    public String whyChosen(Instant at) {
        return "Chosen: drawn by seed " + seed
                + "; of all complete ones, the SHA-256 of the seed, a space and the key is the smallest.";
    }

    @Override
    public String whyPassedOver(Instant at, Instant chosen) {
        return "Not the one that seed " + seed + " draws.";
    }

    private String lot(Standing one) {
        try {
            byte[] text = (seed + " " + one.key()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
