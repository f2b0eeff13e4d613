package dev.muster.drill;

import java.util.Optional;

/**
 * An object that a drill has read from a vault.
 *
 * @param before the object as it was read
 * @param sha256 the digest over exactly the bytes that were restored
 * @param after the object as the vault described it after the drill; absent when it could no longer be asked or found
 * @param protection which digests were compared, or a sentence that there were none, in the words of {@link #UNPROTECTED}
 */
public record ObjectRead(
        Asset asset, StoredObject before, String sha256, long bytes, String protection, Optional<StoredObject> after) {
    /** How the protection of bytes begins that nothing vouches for. */
    public static final String UNPROTECTED = "Unprotected:";

    /** Whether nothing said what the bytes must be. */
    public boolean unprotected() {
        return protection.startsWith(UNPROTECTED);
    }

    /** Whether the vault still holds the very object that was read. */
    public boolean unchanged() {
        return after.filter(now -> now.etag().equals(before.etag())
                        && now.version().equals(before.version())
                        && now.size() == before.size())
                .isPresent();
    }

    public ObjectRead seenAfterwards(Optional<StoredObject> now) {
        return new ObjectRead(asset, before, sha256, bytes, protection, now);
    }
}
