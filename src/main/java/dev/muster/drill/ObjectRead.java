package dev.muster.drill;

import java.util.Optional;

/**
 * An object that a drill has read from a vault.
 *
 * @param before the object as it was read
 * @param sha256 the digest over exactly the bytes that were restored
 * @param after the object as the vault described it after the drill; absent when it could no longer be asked or found
 * @param protection which digest made with the backup was compared, or a sentence that there was none
 */
public record ObjectRead(
        Asset asset, StoredObject before, String sha256, long bytes, String protection, Optional<StoredObject> after) {

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
