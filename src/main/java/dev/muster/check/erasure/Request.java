package dev.muster.check.erasure;

import java.time.Instant;
import java.util.Optional;

/**
 * One person's request to be erased.
 *
 * @param line the line of the list that it stands in: all that may be told of it, since identifiers are personal data
 * @param id what the person is known by
 * @param erased when production erased them; absent where the list does not say
 */
record Request(int line, String id, Optional<Instant> erased) {
    String told() {
        return "line " + line;
    }

    @Override
    public String toString() {
        return told();
    }
}
