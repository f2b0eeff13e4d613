package dev.muster.drill;

import java.util.List;
import java.util.Optional;

/**
 * The backup of one asset that a drill restores. Two assets may lie within one object, and one asset in several.
 *
 * @param object the object that it is known by
 * @param parts the objects that belong to it besides
 * @param log the write-ahead log that brings it forward
 */
public record Backup(
        Asset asset,
        BackupSource source,
        StoredObject object,
        Reading claimed,
        List<StoredObject> parts,
        Optional<RecoveryLog> log) {
    public Backup {
        parts = List.copyOf(parts);
    }

    public Backup(Asset asset, BackupSource source, StoredObject object, Reading claimed) {
        this(asset, source, object, claimed, List.of(), Optional.empty());
    }

    /** One of its objects, as if it were all of it. */
    public Backup part(StoredObject one) {
        return new Backup(asset, source, one, claimed);
    }
}
