package dev.muster.telling;

import dev.muster.catalog.news.Outbox;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers what the outbox holds; a receiver that hangs holds up no other. Drills know nothing of it. */
public final class Couriers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final List<Receiver> receivers;
    private final Wording wording;
    private final Clock clock;
    private final String process = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final ExecutorService workers = Executors.newCachedThreadPool(Couriers::thread);
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(Couriers::thread);
    private final Map<String, Future<?>> busy = new ConcurrentHashMap<>();

    public Couriers(Outbox outbox, List<Receiver> receivers, Wording wording, Clock clock) {
        this.outbox = outbox;
        this.receivers = List.copyOf(receivers);
        this.wording = wording;
        this.clock = clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "telling");
        thread.setDaemon(true);
        return thread;
    }

    /** From now on looks every few seconds for what is to be delivered. */
    public void start() {
        var unused = rounds.scheduleWithFixedDelay(this::round, 0, BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Delivers what is due, and waits no longer than this for it; what is left waits for whoever comes next. */
    public void deliver(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        round();
        for (Future<?> sending : busy.values()) {
            try {
                sending.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                LOG.warn(
                        "not everybody was told yet: what is left is delivered by `muster serve`, or with the next run");
                return;
            } catch (ExecutionException failed) {
                LOG.warn("what is to be told could not be delivered", failed.getCause());
            }
        }
    }

    private void round() {
        try {
            Instant now = clock.instant();
            outbox.giveUp(
                    now.minus(Pauses.LONGEST),
                    now,
                    new Problem(
                            "Nobody could be told within " + Pauses.LONGEST.toDays() + " days",
                            "telling",
                            "See that the receiver is still in the settings and that `muster serve` runs; try it with"
                                    + " `muster tell --try NAME`."));
            receivers.forEach(receiver -> busy.compute(
                    receiver.name(), (name, before) -> before == null || before.isDone() ? send(receiver) : before));
        } catch (RuntimeException unable) {
            LOG.warn("what is to be told cannot be delivered now: {}", unable.toString());
        }
    }

    private Future<?> send(Receiver receiver) {
        return workers.submit(() -> {
            try {
                new Courier(outbox, receiver, wording, process, workers, clock).deliver();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException unable) {
                LOG.warn(
                        "what waits for the receiver {} cannot be delivered now: {}",
                        receiver.name(),
                        unable.toString());
            }
        });
    }

    /** Sends a receiver a message that says that it is only a test; the answer. */
    public Answer attempt(String name) throws InterruptedException {
        Receiver receiver = receivers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The settings have no receiver of the name " + name,
                        "telling",
                        receivers.isEmpty()
                                ? "Add one under `telling:`; config/README.md shows how."
                                : "Name one of them: "
                                        + String.join(
                                                ", ",
                                                receivers.stream()
                                                        .map(Receiver::name)
                                                        .toList())
                                        + ".")));
        Instant now = clock.instant();
        News news = new News(
                News.Kind.PASSED,
                "Muster",
                Optional.empty(),
                Optional.empty(),
                now,
                "This is a test. Nothing has happened: somebody wanted to know whether you can be reached.",
                Optional.empty());
        return new Courier(outbox, receiver, wording, process, workers, clock)
                .within(new Message("test-" + UUID.randomUUID(), news, now, true, wording));
    }

    /** Ends; what was being sent is sent again later, by whoever comes next. */
    @Override
    public void close() {
        rounds.shutdownNow();
        workers.shutdownNow();
    }
}
