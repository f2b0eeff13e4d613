package dev.muster.backup.digest;

/**
 * A digest that somebody made of a backup, which its bytes must have.
 *
 * @param hex in small letters
 * @param source where it stands, in words
 */
public record ExpectedDigest(Algorithm algorithm, String hex, Origin origin, String source) {

    /** Who keeps the digest. */
    public enum Origin {
        /** It lies beside the backup. */
        BESIDE,
        /** The vault keeps it with the backup. */
        STORED,
        /** It is the vault's ETag of the backup, which is no digest of its whole where it was stored in parts. */
        ETAG
    }

    /** The digest and where it stands, in words. */
    @Override
    public String toString() {
        return algorithm.label() + " " + hex + " (" + source + ")";
    }
}
