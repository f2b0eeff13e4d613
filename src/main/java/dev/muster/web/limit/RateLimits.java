package dev.muster.web.limit;

import dev.muster.drill.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets each of many ask so often, with some in advance, and tells the others when to come back. */
public final class RateLimits {
    private static final int MOST_KNOWN = 10_000;

    private final int burst;
    private final Duration pause;
    private final Clock clock;
    private final Map<String, Instant> paid = new ConcurrentHashMap<>();

    /**
     * @param burst how many requests may come at once
     * @param pause after which time one more may come
     */
    public RateLimits(int burst, Duration pause, Clock clock) {
        this.burst = burst;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Counts one request.
     *
     * @throws NotNow when it is one too many
     */
    public void count(String who) {
        Instant now = clock.instant();
        if (paid.size() > MOST_KNOWN) {
            paid.values().removeIf(until -> !until.isAfter(now));
        }
        // Each request is paid for with a pause; nobody may owe more than a burst of them.
        Instant limit = now.plus(pause.multipliedBy(burst));
        Instant until = paid.merge(who, now.plus(pause), (before, one) -> {
            if (before.isBefore(now)) {
                return one;
            }
            return before.isAfter(limit) ? before : before.plus(pause);
        });
        if (until.isAfter(limit)) {
            refuse(Duration.between(limit, until));
        }
    }

    private void refuse(Duration again) {
        throw NotNow.tooMany(
                again,
                new Problem(
                        "Too many requests in a short time",
                        "",
                        "Wait as long as the header Retry-After says, and ask less often: " + burst
                                + " at once, and one more each " + pause.toMillis() + " ms."));
    }
}
