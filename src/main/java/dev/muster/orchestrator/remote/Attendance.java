package dev.muster.orchestrator.remote;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.WorkOrder;
import dev.muster.scratch.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One worker, attended until its work has ended: over as many conversations as it takes. */
final class Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    /** A worker that is asked to stop has this long to say what it had observed. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);

    /** A worker gives a sign of life every few seconds; a line without any is dead, though nobody has said so. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Why a container has ended is seen from outside, and later than what comes of it is seen within. */
    private static final Duration TO_BE_SEEN = Duration.ofSeconds(5);

    private static final long LOOK_MILLISECONDS = 250;
    private static final long FIRST_PAUSE_MILLISECONDS = 250;
    private static final long LONGEST_PAUSE_MILLISECONDS = 5_000;

    private final Told.Work work;
    private final WorkOrder order;
    private final Worker worker;
    private final Listening listening;
    private final Clock clock;
    private final CompletableFuture<WorkDone> ended = new CompletableFuture<>();
    /** The last saying that was heard; only who listens counts. */
    private long heard;

    private Optional<Speaking> speaking = Optional.empty();
    private Optional<String> cancelled = Optional.empty();
    /** What went wrong within, for which there may be a reason outside. */
    private Optional<WorkDone> troubled = Optional.empty();

    private Instant patience;
    private Instant lastSign;

    Attendance(Told.Work work, Worker worker, Listening listening, Clock clock) {
        this.work = work;
        this.order = work.order();
        this.worker = worker;
        this.listening = listening;
        this.clock = clock;
        this.patience = order.end().plus(LAST_WORDS);
        this.lastSign = clock.instant();
    }

    /** Asks the worker to stop. */
    synchronized void cancel(String reason) {
        if (cancelled.isEmpty()) {
            cancelled = Optional.of(reason);
            patience = clock.instant().plus(LAST_WORDS);
            speaking.ifPresent(open -> open.tell(new Told.Cancels(reason)));
        }
    }

    WorkDone untilItEnds() {
        Thread listener = new Thread(this::attend, "attends " + order.drill());
        listener.setDaemon(true);
        listener.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ended.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    lookAfter();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    cancel("the drill was interrupted");
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CouldNotRun unable) {
                throw unable;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            hangUp();
            listener.interrupt();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void lookAfter() {
        Optional<Problem> gone = worker.gone();
        synchronized (this) {
            Instant now = clock.instant();
            if (troubled.isPresent()) {
                if (gone.isPresent() || now.isAfter(patience)) {
                    WorkDone done = troubled.get();
                    ended.complete(gone.map(done::because).orElse(done));
                }
            } else if (gone.isPresent()) {
                ended.completeExceptionally(new CouldNotRun(gone.get()));
            } else if (now.isAfter(patience)) {
                ended.completeExceptionally(new CouldNotRun(silent()));
            } else if (now.isAfter(lastSign.plus(SILENCE))) {
                lastSign = now;
                speaking.ifPresent(Speaking::close);
            }
        }
    }

    private Problem silent() {
        return cancelled
                .map(reason -> new Problem(
                        "The worker did not answer when it was asked to stop (" + reason + ")",
                        order.drill(),
                        "Nothing to do: it goes with the scratch."))
                .orElseGet(() -> new Problem(
                        "The drill's time to live was over, and its worker had not said that it had ended",
                        order.request().runbook().file(),
                        "Raise scratch.timeToLive in the runbook, or find out what made the drill slow: the timeline in"
                                + " the report shows where the time went."));
    }

    private void attend() {
        try {
            long pause = FIRST_PAUSE_MILLISECONDS;
            while (!ended.isDone()) {
                long before = heard;
                converse();
                pause = heard > before ? FIRST_PAUSE_MILLISECONDS : Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
                Thread.sleep(pause);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unable) {
            ended.completeExceptionally(unable);
        }
    }

    private void converse() throws InterruptedException {
        try (Worker.Conversation conversation = worker.talk()) {
            Speaking open = new Speaking(conversation);
            greet(open);
            Lines lines = new Lines(
                    new BufferedReader(new InputStreamReader(conversation.hears(), StandardCharsets.UTF_8)),
                    this::sign);
            for (Optional<String> line = lines.next(); line.isPresent() && !ended.isDone(); line = lines.next()) {
                Said.Numbered numbered = Wire.read(line.get(), Said.Numbered.class);
                if (numbered.number() > heard || numbered.number() == 0) {
                    hear(numbered.said(), open);
                    heard = Math.max(heard, numbered.number());
                }
            }
        } catch (IOException | JacksonException brokenOff) {
            LOG.debug("the conversation with the worker of {} broke off", order.drill(), brokenOff);
        }
    }

    private synchronized void sign() {
        lastSign = clock.instant();
    }

    private synchronized void greet(Speaking open) {
        lastSign = clock.instant();
        speaking = Optional.of(open);
        open.tell(new Told.Work(heard, order, work.vaults(), work.programs()));
        cancelled.ifPresent(reason -> open.tell(new Told.Cancels(reason)));
    }

    private void hear(Said said, Speaking open) throws InterruptedException {
        if (said instanceof Said.Ready ready) {
            listening.ready(ready);
        } else if (said instanceof Said.Begins begins) {
            listening.begins(begins);
        } else if (said instanceof Said.Advances advances) {
            listening.advances(advances);
        } else if (said instanceof Said.Says says) {
            listening.says(says);
        } else if (said instanceof Said.Asks asks) {
            open.tell(listening.answer(asks));
        } else if (said instanceof Said.Ended end) {
            end(listening.ended(end.work()));
        }
    }

    private synchronized void end(WorkDone done) {
        if (done.untroubled() || cancelled.isPresent()) {
            ended.complete(done);
        } else if (troubled.isEmpty()) {
            troubled = Optional.of(done);
            patience = clock.instant().plus(TO_BE_SEEN);
        }
    }

    private synchronized void hangUp() {
        speaking.ifPresent(Speaking::close);
    }
}
