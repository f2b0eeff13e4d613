package dev.muster.web.api;

import dev.muster.drill.CouldNotRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A probe as it is asked: once at a time however many want to know, and not waited for for long. */
final class Probing {
    private static final Logger LOG = LoggerFactory.getLogger(Probing.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Health.Probe probe;
    private final Duration patience;
    private final Clock clock;

    private @Nullable Question last;

    Probing(Health.Probe probe, Duration patience, Clock clock) {
        this.probe = probe;
        this.patience = patience;
        this.clock = clock;
    }

    private record Question(Instant asked, CompletableFuture<Boolean> answer) {}

    String name() {
        return probe.name();
    }

    synchronized Question begin() {
        Instant now = clock.instant();
        if (last == null || (last.answer.isDone() && last.asked.plus(FRESH).isBefore(now))) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            last = new Question(now, answer);
            Thread thread = new Thread(() -> answer.complete(asked()), "probe");
            thread.setDaemon(true);
            thread.start();
        }
        return last;
    }

    private boolean asked() {
        try {
            if (probe.well().getAsBoolean()) {
                return true;
            }
            LOG.warn("not ready: {}", name());
        } catch (CouldNotRun trouble) {
            LOG.warn("not ready: {}: {}", name(), trouble.problem());
        } catch (RuntimeException unforeseen) {
            LOG.error("not ready: {}", name(), unforeseen);
        }
        return false;
    }

    boolean well() throws InterruptedException {
        try {
            return begin().answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn("not ready: {}: no answer within {} ms", name(), patience.toMillis());
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
