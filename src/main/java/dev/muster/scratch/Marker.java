package dev.muster.scratch;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is written down about a scratch before anything of it exists, so that a crash at any moment leaves its name.
 *
 * @param reach how a person reaches what runs in it, without any secret
 */
record Marker(
        String id,
        String drill,
        String place,
        Holder owner,
        Instant opened,
        Instant expires,
        boolean kept,
        String reach) {

    Marker {
        if (!Path.of(place).endsWith(id)) {
            // Removal deletes that place, so it must be a scratch's.
            throw new IllegalArgumentException(place + " is not the place of the scratch " + id);
        }
    }

    Marker keptUntil(Instant end) {
        return new Marker(id, drill, place, owner, opened, end, true, reach);
    }

    Marker expiring(Instant end) {
        return new Marker(id, drill, place, owner, opened, end, kept, reach);
    }

    Marker reachedBy(String commands) {
        return new Marker(id, drill, place, owner, opened, expires, kept, commands);
    }

    /** Whether the process that opened it still runs; one on another host is believed to until the time to live ends. */
    boolean owned(Instant now) {
        return owner.onThisHost() ? owner.runs() : now.isBefore(expires);
    }
}
