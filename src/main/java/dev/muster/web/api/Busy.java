package dev.muster.web.api;

import dev.muster.drill.Problem;
import dev.muster.web.limit.NotNow;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Work that takes long, of which only so much is done at once. */
final class Busy {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private Busy() {}

    /** Something that takes long. */
    interface Work<R> {
        R get() throws InterruptedException;
    }

    static <R> R during(Semaphore permits, String otherwise, Work<R> work) throws InterruptedException {
        if (!permits.tryAcquire()) {
            throw NotNow.busy(AGAIN, new Problem(otherwise, "", "Ask again when Retry-After says."));
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
