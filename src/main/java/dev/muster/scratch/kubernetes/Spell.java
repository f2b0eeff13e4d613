package dev.muster.scratch.kubernetes;

import java.time.Duration;
import java.util.OptionalLong;

/** How long something has been so without a break. */
final class Spell {
    private OptionalLong since = OptionalLong.empty();

    /** It is so; whether it has been for longer than this. */
    synchronized boolean lasts(Duration longerThan) {
        long now = System.nanoTime();
        if (since.isEmpty()) {
            since = OptionalLong.of(now);
        }
        return now - since.getAsLong() > longerThan.toNanos();
    }

    /** It is not so any more. */
    synchronized void ends() {
        since = OptionalLong.empty();
    }
}
