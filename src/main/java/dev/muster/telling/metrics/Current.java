package dev.muster.telling.metrics;

import dev.muster.drill.CouldNotRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a source says now: asked anew after a while, once at a time, and never waited for for long. */
final class Current {
    private static final Logger LOG = LoggerFactory.getLogger(Current.class);

    /** So that many who ask are no burden. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Source source;
    private final Executor threads;
    private final Duration patience;
    private final Clock clock;

    private @Nullable Reading last;

    Current(Source source, Executor threads, Duration patience, Clock clock) {
        this.source = source;
        this.threads = threads;
        this.patience = patience;
        this.clock = clock;
    }

    private record Reading(Instant begun, CompletableFuture<List<Family>> families) {}

    String name() {
        return source.name();
    }

    /** Begins to read, unless it has just been read or is being read. */
    synchronized CompletableFuture<List<Family>> read() {
        Instant now = clock.instant();
        if (last == null || (last.families.isDone() && last.begun.plus(FRESH).isBefore(now))) {
            last = new Reading(now, CompletableFuture.supplyAsync(source.reading(), threads));
        }
        return last.families;
    }

    /** What was read; absent when it could not be, or takes too long. */
    Optional<List<Family>> wait(CompletableFuture<List<Family>> reading) throws InterruptedException {
        try {
            return Optional.of(reading.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            String why = failed.getCause() instanceof CouldNotRun unable
                    ? unable.problem().toString()
                    : String.valueOf(failed.getCause());
            LOG.warn("no metrics of the {}: {}", name(), why);
        } catch (TimeoutException late) {
            LOG.warn("no metrics of the {}: it has not answered within {} s", name(), patience.toSeconds());
        }
        return Optional.empty();
    }
}
