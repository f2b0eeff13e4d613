package dev.muster.drill;

import java.time.Instant;
import java.util.List;

/**
 * What became of a scratch, written after its removal was tried.
 *
 * @param leftBehind folders, processes or namespaces that could not be removed, each by name
 */
public record TeardownReceipt(String scratch, String place, boolean removed, Instant at, List<String> leftBehind) {
    public TeardownReceipt {
        leftBehind = List.copyOf(leftBehind);
    }
}
