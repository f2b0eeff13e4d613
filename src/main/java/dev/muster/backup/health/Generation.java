package dev.muster.backup.health;

import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One complete backup in a vault.
 *
 * @param head the object that it is known by
 * @param at the instant it is good for, as it claims, else when it was stored
 * @param parts its other objects
 */
record Generation(StoredObject head, Instant at, List<StoredObject> parts) {
    Generation {
        parts = List.copyOf(parts);
    }

    List<StoredObject> objects() {
        List<StoredObject> all = new ArrayList<>(List.of(head));
        all.addAll(parts);
        return all;
    }

    long bytes() {
        return objects().stream().mapToLong(StoredObject::size).sum();
    }
}
