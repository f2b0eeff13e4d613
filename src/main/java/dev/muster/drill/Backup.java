package dev.muster.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backup of one asset that a drill restores. Two assets may lie within one object, and one asset in several.
 *
 * @param object the object that it is known by
 * @param base how the keys of all its objects begin; what follows is where each lies once they are fetched
 * @param parts the objects that belong to it besides
 * @param log the write-ahead log that brings it forward
 */
public record Backup(
        Asset asset,
        BackupSource source,
        StoredObject object,
        Reading claimed,
        String base,
        List<StoredObject> parts,
        Optional<RecoveryLog> log) {
    public Backup {
        parts = List.copyOf(parts);
    }

    /** A backup that is one object. */
    public Backup(Asset asset, BackupSource source, StoredObject object, Reading claimed) {
        this(asset, source, object, claimed, object.folder(), List.of(), Optional.empty());
    }

    /** One of its objects, as if it were all of it. */
    public Backup part(StoredObject one) {
        return new Backup(asset, source, one, claimed);
    }

    /** Where one of its objects lies below the folder that all of them are fetched into. */
    public String place(StoredObject one) {
        return one.key().substring(base.length());
    }

    /** All that is fetched for it, its log aside. */
    public List<StoredObject> objects() {
        List<StoredObject> all = new ArrayList<>();
        if (!object.isPrefix()) {
            all.add(object);
        }
        all.addAll(parts);
        return List.copyOf(all);
    }

    /** How many bytes are fetched for it, its log not counted. */
    public long bytes() {
        return objects().stream().mapToLong(StoredObject::size).sum();
    }
}
