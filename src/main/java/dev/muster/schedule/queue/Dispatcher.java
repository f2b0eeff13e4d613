package dev.muster.schedule.queue;

import dev.muster.catalog.queue.Queue;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.orchestrator.Conductor;
import dev.muster.orchestrator.Reaper;
import dev.muster.schedule.Limits;
import dev.muster.schedule.live.Audience;
import dev.muster.schedule.live.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the drills of the queue in this process, as many at once as it may. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** What a stopped drill may take to remove its scratch and to write its evidence. */
    private static final Duration TO_CONCLUDE = Duration.ofMinutes(10);

    private static final String ENDING = "its process was asked to end";

    private final Queue queue;
    private final String process;
    private final Wishes wishes;
    private final Conductor conductor;
    private final Reaper reaper;
    private final Audience audience;
    private final Again again;
    private final Limits limits;
    private final Clock clock;
    private final Map<String, Conducting> running = new ConcurrentHashMap<>();
    private final Rounds rounds = new Rounds("dispatcher");
    private final ExecutorService drilling = Executors.newCachedThreadPool(Dispatcher::thread);
    private volatile boolean ending;
    private volatile boolean hurried;

    Dispatcher(
            Queue queue,
            String process,
            Wishes wishes,
            Conductor conductor,
            Reaper reaper,
            Audience audience,
            Again again,
            Limits limits,
            Clock clock) {
        this.queue = queue;
        this.process = process;
        this.wishes = wishes;
        this.conductor = conductor;
        this.reaper = reaper;
        this.audience = audience;
        this.again = again;
        this.limits = limits;
        this.clock = clock;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "conductor");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        rounds.once(this::look);
        rounds.every(BETWEEN_LOOKS, this::look);
    }

    private void look() {
        settle();
        queue.conductedBy(process).forEach(drill -> drill.stop().ifPresent(why -> stop(drill.drill(), why)));
        if (!ending && queue.open().stream().anyMatch(drill -> drill.state() == State.WAITING)) {
            begin();
        }
    }

    private void settle() {
        running.values().stream().filter(Conducting::over).forEach(over -> {
            over.settle();
            running.remove(over.drill().drill());
        });
    }

    private void stop(String drill, String why) {
        Optional.ofNullable(running.get(drill)).ifPresent(conducting -> conducting.stop("by " + why));
    }

    private void begin() {
        Optional<String> full = full();
        while (!ending && full.isEmpty()) {
            Optional<QueuedDrill> next = queue.take(process, clock.instant());
            if (next.isEmpty()) {
                return;
            }
            begin(next.get());
            full = full();
        }
        full.ifPresent(queue::allWaitFor);
    }

    private Optional<String> full() {
        if (running.size() >= limits.atOnce()) {
            return Optional.of(
                    "room: " + running.size() + " drills run in " + process + ", as many as `drills.atOnce` allows");
        }
        int scratches = reaper.openScratches();
        return scratches >= limits.scratchAtOnce()
                ? Optional.of("room: " + scratches + " scratches are open on the machine of " + process
                        + ", as many as `drills.scratchAtOnce` allows; `muster scratch list` names them")
                : Optional.empty();
    }

    private void begin(QueuedDrill drill) {
        Conducting conducting = new Conducting(drill, process, queue, wishes, conductor, reaper, audience, again);
        running.put(drill.drill(), conducting);
        LOG.info("drill {} begins", drill.drill());
        drilling.execute(() -> {
            conducting.conduct();
            rounds.once(this::look);
        });
    }

    /** Others have taken this process for gone, and its drills with it. */
    void takenForGone() {
        running.values().forEach(conducting -> conducting.stop("other processes have taken its process for gone"));
    }

    int running() {
        return running.size();
    }

    /** Begins nothing new from now on; how many still run. */
    int beginNothingMore() {
        ending = true;
        return running.size();
    }

    /** Does not wait any longer for what runs. */
    void hurry() {
        hurried = true;
    }

    /** Begins nothing new, lets what runs go on for a while, and then stops it in order. */
    void end() throws InterruptedException {
        ending = true;
        // After a look that is under way, which may begin drills.
        rounds.once(drilling::shutdown);
        Instant end = clock.instant().plus(limits.grace());
        while (!hurried && clock.instant().isBefore(end) && !over(BETWEEN_LOOKS)) {
            LOG.debug("{} drills go on", running.size());
        }
        running.values().forEach(conducting -> conducting.endWithProcess(ENDING));
        if (!over(TO_CONCLUDE)) {
            LOG.error("These drills could not be ended: {}", running.keySet());
        }
        rounds.once(this::settle);
        rounds.close();
    }

    private boolean over(Duration within) throws InterruptedException {
        return drilling.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    }
}
