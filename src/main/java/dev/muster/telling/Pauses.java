package dev.muster.telling;

import dev.muster.catalog.news.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a delivery that went wrong is tried again: after pauses that grow, for three days. */
final class Pauses {
    static final Duration LONGEST = Duration.ofDays(3);

    /** So often it is tried even when another try will most likely end the same. */
    private static final int FEW = 3;

    private static final Duration AT_MOST = Duration.ofHours(1);
    private static final List<Duration> GROWING = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(40));

    private Pauses() {}

    /** When to try again after this answer; empty when it is given up. */
    static Optional<Instant> next(Delivery delivery, Answer answer, Instant now) {
        int attempts = delivery.attempts() + 1;
        Duration pause = attempts <= GROWING.size() ? GROWING.get(attempts - 1) : AT_MOST;
        Duration asked = answer.pause().orElse(Duration.ZERO);
        Duration longer = asked.compareTo(AT_MOST) > 0 ? AT_MOST : asked;
        Instant next = now.plus(longer.compareTo(pause) > 0 ? longer : pause);
        boolean enough = answer.lasting() && attempts >= FEW;
        return Optional.of(next)
                .filter(at -> !enough && !at.isAfter(delivery.written().plus(LONGEST)));
    }
}
