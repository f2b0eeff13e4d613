package dev.muster.telling;

import dev.muster.catalog.news.Attempt;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.template.Legible;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes to one receiver what waits for it, one after the other, and notes how each attempt went. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Outbox outbox;
    private final Receiver receiver;
    private final Wording wording;
    private final String process;
    private final ExecutorService workers;
    private final Clock clock;

    Courier(Outbox outbox, Receiver receiver, Wording wording, String process, ExecutorService workers, Clock clock) {
        this.outbox = outbox;
        this.receiver = receiver;
        this.wording = wording;
        this.process = process;
        this.workers = workers;
        this.clock = clock;
    }

    /** Goes on until nothing is due. */
    void deliver() throws InterruptedException {
        Optional<Delivery> next = claim();
        while (next.isPresent()) {
            attempt(next.get());
            next = claim();
        }
    }

    private Optional<Delivery> claim() {
        return Thread.currentThread().isInterrupted()
                ? Optional.empty()
                : outbox.claim(receiver.name(), process, clock.instant(), LEASE);
    }

    private void attempt(Delivery delivery) throws InterruptedException {
        Instant begun = clock.instant();
        long ticks = System.nanoTime();
        Answer answer = within(new Message(delivery.id(), delivery.news(), begun, false, wording));
        Attempt attempt =
                new Attempt(begun, Duration.ofNanos(System.nanoTime() - ticks), answer.said(), answer.problem());
        Instant now = clock.instant();
        Optional<Instant> again = answer.problem().isEmpty() ? Optional.empty() : Pauses.next(delivery, answer, now);
        Delivery.State state = answer.problem().isEmpty()
                ? Delivery.State.DELIVERED
                : again.isPresent() ? Delivery.State.WAITING : Delivery.State.GIVEN_UP;
        outbox.attempted(delivery, attempt, state, again.orElse(now));
        // In between it is the same again and again, and stands in the catalog.
        answer.problem()
                .filter(problem -> delivery.attempts() == 0 || again.isEmpty())
                .ifPresent(problem -> LOG.warn(
                        "{} of {} did not reach the receiver {}: {} {}",
                        KindWords.label(delivery.news().kind()),
                        Legible.of(delivery.news().subject()),
                        receiver.name(),
                        problem,
                        again.isPresent() ? "It is tried again." : "It is given up."));
    }

    /** Whatever the receiver does, the attempt ends. */
    Answer within(Message message) throws InterruptedException {
        Future<Answer> sending = workers.submit(() -> receiver.channel().deliver(message));
        try {
            return sending.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            return Answer.notNow(
                    "no answer",
                    new Problem(
                            "The receiver did not answer within " + LONGEST.toSeconds() + " seconds",
                            receiver.channel().place(),
                            "See whether it works, and that it can be reached from here."));
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            return Answer.notNow(
                    "not sent",
                    cause instanceof CouldNotRun unable
                            ? unable.problem()
                            : new Problem(
                                    "The message could not be sent: "
                                            + cause.getClass().getSimpleName(),
                                    receiver.channel().place(),
                                    "Look into Muster's log, and try the receiver with `muster tell --try "
                                            + receiver.name() + "`."));
        } finally {
            sending.cancel(true);
        }
    }
}
