package dev.muster.scratch.kubernetes;

import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes on each scratch that this process holds that it is still held, so that no other process takes it for left. */
final class SignsOfLife {
    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);
    private static final Duration BETWEEN = Duration.ofSeconds(30);
    /** Others act soon after an API server is back, so this has to be back before them. */
    private static final Duration WHEN_FAILED = Duration.ofSeconds(2);

    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "signs of life");
        daemon.setDaemon(true);
        return daemon;
    });

    SignsOfLife(Clock clock) {
        this.clock = clock;
    }

    /** Begins; what is given back ends it. */
    Runnable of(HasMetadata mark, Cluster cluster) {
        Cluster impatient = cluster.within(Duration.ZERO);
        AtomicLong last = new AtomicLong(System.nanoTime());
        ScheduledFuture<?> signs = thread.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() - last.get() > BETWEEN.toNanos() && shown(mark, impatient)) {
                        last.set(System.nanoTime());
                    }
                },
                WHEN_FAILED.toMillis(),
                WHEN_FAILED.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> signs.cancel(false);
    }

    private boolean shown(HasMetadata mark, Cluster cluster) {
        try {
            cluster.annotate(mark, Map.of(Labels.ALIVE_AT, clock.instant().toString()));
            return true;
        } catch (Refused refused) {
            LOG.debug("no sign of life: {}", refused.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
