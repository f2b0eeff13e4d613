package dev.muster.web.stream;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.people.Right;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.Web;
import dev.muster.web.limit.NotNow;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets many watch drills while they run, as events of a server (SSE). */
public final class Streams implements Part, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int MOST = 1000;
    private static final int MOST_OF_ONE = 20;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LOOKS_PER_BEAT = 3;
    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final byte[] HELLO = "retry: 3000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEAT = ": still there\n\n".getBytes(StandardCharsets.UTF_8);

    private final Desk desk;
    private final Clock clock;
    private final Map<String, Watched> drills = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofEach = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "events");
        thread.setDaemon(true);
        return thread;
    });
    private int looks;

    public Streams(Desk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
        ScheduledFuture<?> unused =
                threads.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/drills/{drill}/events", Right.READ, this::open);
    }

    private void open(Context request) {
        String drill = request.pathParam("drill");
        Optional<QueuedDrill> known = desk.find(drill);
        Optional<LiveDrill> live = desk.live(drill);
        if (known.isEmpty() && live.isEmpty()) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN,
                    new Problem("Nothing runs or waits under this name", "", "/api/v1/drills lists all drills."));
        }
        String seen = request.header("Last-Event-ID");
        boolean over = live.map(
                        now -> now.verdict().isPresent() && now.at().toString().equals(seen))
                .orElseGet(() -> !known.orElseThrow().state().open());
        if (over) {
            // With this answer a browser does not ask again.
            request.status(HttpStatus.NO_CONTENT);
            return;
        }
        String person = Web.person(request).name();
        count(person);
        request.future(() -> begin(request, drill, person, seen));
    }

    private CompletableFuture<?> begin(Context request, String drill, String person, @Nullable String seen) {
        try {
            request.req().getAsyncContext().setTimeout(0);
            request.res().setContentType("text/event-stream");
            request.res().setCharacterEncoding("utf-8");
            request.res().setHeader("Cache-Control", "no-store");
            // Proxies that collect answers would keep events back.
            request.res().setHeader("X-Accel-Buffering", "no");
            EventStream stream = new EventStream(request.res().getOutputStream(), clock);
            request.res().getOutputStream().setWriteListener(stream);
            stream.send(HELLO);
            drills.compute(drill, (name, watched) -> {
                Watched now = watched == null ? new Watched(drill, desk, threads, PACE) : watched;
                now.broadcast().add(stream, seen);
                return now;
            });
            return stream.ended().whenComplete((nothing, failed) -> leave(drill, person, stream));
        } catch (IOException | RuntimeException failed) {
            uncount(person);
            throw failed instanceof RuntimeException unchecked
                    ? unchecked
                    : new UncheckedIOException((IOException) failed);
        }
    }

    private void leave(String drill, String person, EventStream stream) {
        uncount(person);
        drills.computeIfPresent(drill, (name, watched) -> {
            watched.broadcast().remove(stream);
            if (watched.broadcast().unwatched()) {
                watched.close();
                return null;
            }
            return watched;
        });
    }

    private void count(String person) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw tooMany("Too many watch already");
        }
        if (ofEach.merge(person, 1, Integer::sum) > MOST_OF_ONE) {
            uncount(person);
            throw tooMany("You watch in " + MOST_OF_ONE + " places already");
        }
    }

    private static NotNow tooMany(String what) {
        return NotNow.busy(
                Duration.ofSeconds(30),
                new Problem(what, "", "Close pages that you do not need, or ask for the drill now and then instead."));
    }

    private void uncount(String person) {
        open.decrementAndGet();
        ofEach.computeIfPresent(person, (name, count) -> count == 1 ? null : count - 1);
    }

    private void look() {
        looks++;
        drills.forEach((drill, watched) -> {
            boolean over = watched.broadcast().silent() && over(drill);
            watched.broadcast().each(stream -> {
                if (stream.stuckFor(STUCK)) {
                    stream.end();
                } else if (over) {
                    stream.endAfterwards();
                } else if (looks % LOOKS_PER_BEAT == 0) {
                    stream.beat(BEAT);
                }
            });
        });
    }

    /** Whether a drill of which nothing was told will never have anything to tell. */
    private boolean over(String drill) {
        try {
            return desk.find(drill).map(known -> !known.state().open()).orElse(true);
        } catch (CouldNotRun unknown) {
            LOG.debug("{} cannot be looked at now", drill, unknown);
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        drills.values().forEach(watched -> watched.broadcast().each(EventStream::end));
    }
}
