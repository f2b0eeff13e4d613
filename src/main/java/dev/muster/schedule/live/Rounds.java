package dev.muster.schedule.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own. A failure is said, and ends nothing. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final ScheduledExecutorService thread;
    private final List<Future<?>> going = new ArrayList<>();

    public Rounds(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread one = new Thread(work, name);
            one.setDaemon(true);
            return one;
        });
    }

    public void every(Duration pause, Runnable work) {
        going.add(thread.scheduleWithFixedDelay(
                () -> quietly(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Once, as soon as nothing else is being done; nothing after the end. */
    public void once(Runnable work) {
        try {
            thread.execute(() -> quietly(work));
        } catch (RejectedExecutionException ended) {
            LOG.debug("{} has ended", name);
        }
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("{}: {}", name, failed.getMessage());
            LOG.debug("{}", name, failed);
        }
    }

    /** Ends when what is being done, and was to be done once, is done. */
    @Override
    public void close() {
        going.forEach(round -> round.cancel(false));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
