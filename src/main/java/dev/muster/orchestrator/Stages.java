package dev.muster.orchestrator;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.drill.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the stages of one drill: each within its own deadline and the drill's, and stopped within seconds when the
 * drill is cancelled.
 */
final class Stages implements AutoCloseable {
    /**
     * How long interrupted work may take to notice. Work that ignores the interrupt, say in a driver's socket, ends when
     * the scratch's server is stopped under its feet.
     */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Runbook runbook;
    private final Instant end;
    private final Clock clock;
    private final Cancellation cancellation;
    private final Progress progress;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "drill");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);

    Stages(Runbook runbook, Clock clock, Cancellation cancellation, Progress progress) {
        this(runbook, clock.instant().plus(runbook.scratch().timeToLive()), clock, cancellation, progress);
    }

    /** @param end when the drill's time is over */
    Stages(Runbook runbook, Instant end, Clock clock, Cancellation cancellation, Progress progress) {
        this.runbook = runbook;
        this.end = end;
        this.clock = clock;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** Runs work that belongs to this stage and hands on what it throws. */
    <T> T run(Stage stage, Callable<T> work) throws Exception {
        progress.begins(stage);
        Instant started = clock.instant();
        Duration limit = limit(stage, started);
        FutureTask<T> future = new FutureTask<>(Logged.here(work));
        Thread worker = new Thread(future, "drill " + stage.label());
        worker.setDaemon(true);
        worker.start();
        cancellation.onCancel(() -> future.cancel(true));
        try {
            return future.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (cancellation.reason().isPresent()) {
                throw aborted();
            }
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } catch (CancellationException cancelled) {
            worker.join(GRACE.toMillis());
            throw aborted();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            worker.join(GRACE.toMillis());
            throw aborted();
        } catch (TimeoutException late) {
            future.cancel(true);
            worker.join(GRACE.toMillis());
            throw new CouldNotRun(tooLate(stage, limit), late);
        } finally {
            spent.merge(stage, Duration.between(started, clock.instant()), Duration::plus);
        }
    }

    /** When the drill's time is over. */
    Instant end() {
        return end;
    }

    /** Runs several pieces of work side by side and returns when all have ended; the first failure is handed on. */
    void together(List<Callable<Void>> works) throws Exception {
        List<Future<Void>> futures = new ArrayList<>();
        for (Callable<Void> work : works) {
            futures.add(threads.submit(Logged.here(work)));
        }
        List<Exception> failures = new ArrayList<>();
        for (Future<Void> future : futures) {
            try {
                future.get();
            } catch (ExecutionException failed) {
                failures.add(failed.getCause() instanceof Exception cause ? cause : failed);
            } catch (InterruptedException stopped) {
                futures.forEach(each -> each.cancel(true));
                throw stopped;
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Duration limit(Stage stage, Instant now) {
        Duration whole = Duration.between(now, end);
        Duration own = runbook.deadlines().getOrDefault(stage, whole).minus(spent.getOrDefault(stage, Duration.ZERO));
        return own.compareTo(whole) < 0 ? own : whole;
    }

    private Problem tooLate(Stage stage, Duration limit) {
        boolean ownDeadline =
                runbook.deadlines().containsKey(stage) && clock.instant().isBefore(end);
        return ownDeadline
                ? new Problem(
                        "The stage " + stage.label() + " was stopped at its deadline after " + limit.toSeconds() + " s",
                        runbook.file(),
                        "Raise deadlines." + stage.label() + " in the runbook, or find out what made the stage slow: "
                                + "the timeline in the report shows where the time went.")
                : new Problem(
                        "The drill was stopped in the stage " + stage.label() + " because its time to live of "
                                + runbook.scratch().timeToLive().toSeconds() + " s was over",
                        runbook.file(),
                        "Raise scratch.timeToLive in the runbook, or find out what made the drill slow: the timeline "
                                + "in the report shows where the time went.");
    }

    private Aborted aborted() {
        return new Aborted(cancellation.reason().orElse("the drill was interrupted"));
    }
}
