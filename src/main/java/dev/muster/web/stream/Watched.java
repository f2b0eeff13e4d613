package dev.muster.web.stream;

import dev.muster.drill.LiveDrill;
import dev.muster.schedule.Desk;
import dev.muster.web.Json;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A drill that somebody watches: of what happens to it so much is sent on as eyes can follow. */
final class Watched implements AutoCloseable {
    private final Broadcast broadcast = new Broadcast();
    private final AtomicReference<@Nullable LiveDrill> newest = new AtomicReference<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService threads;
    private final Duration pace;
    private final Desk.Watching watching;
    private volatile long sentAt;

    Watched(String drill, Desk desk, ScheduledExecutorService threads, Duration pace) {
        this.threads = threads;
        this.pace = pace;
        this.sentAt = System.nanoTime() - pace.toNanos();
        this.watching = desk.watch(drill, this::take);
        desk.live(drill).ifPresent(this::take);
    }

    Broadcast broadcast() {
        return broadcast;
    }

    /** Only notes what there is, so that whoever tells of it goes on at once. */
    private void take(LiveDrill live) {
        newest.accumulateAndGet(live, (known, other) -> newer(known, other));
        if (due.compareAndSet(false, true)) {
            long pause = live.verdict().isPresent() ? 0 : sentAt + pace.toNanos() - System.nanoTime();
            ScheduledFuture<?> unused = threads.schedule(this::send, pause, TimeUnit.NANOSECONDS);
        }
    }

    private static @Nullable LiveDrill newer(@Nullable LiveDrill known, @Nullable LiveDrill other) {
        return known == null || (other != null && !other.at().isBefore(known.at())) ? other : known;
    }

    /** One at a time: of two threads the later snapshot must not come first, since whoever has it goes. */
    private synchronized void send() {
        due.set(false);
        sentAt = System.nanoTime();
        LiveDrill live = newest.getAndSet(null);
        if (live != null) {
            broadcast.send(new Event(
                    live.at().toString(),
                    Json.bytes(LiveDocument.of(live)),
                    live.verdict().isPresent()));
        }
    }

    @Override
    public void close() {
        watching.close();
    }
}
