package dev.muster.schedule;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Wish;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where drills are asked for, approved, watched and stopped; what cannot be done is a {@code Refusal}. */
public interface Desk {

    /**
     * Puts a drill into the queue.
     *
     * @param by who asks
     * @param key makes asking twice the same as asking once, for the same person
     */
    QueuedDrill ask(Wish wish, String by, Optional<String> key);

    /** Agrees to a drill that somebody else asked for. */
    QueuedDrill approve(String drill, String by);

    /** Stops a drill in order if it runs, and takes it back if it has not begun. */
    QueuedDrill cancel(String drill, String by, String why);

    /** What runs and what waits, in the order in which it will begin. */
    List<QueuedDrill> open();

    Optional<QueuedDrill> find(String drill);

    /** How a drill looks now, wherever it runs; absent when it has not begun, or ended a while ago. */
    Optional<LiveDrill> live(String drill);

    /**
     * Tells of each change of a running drill, at most a few times a second, until it is closed.
     *
     * @param watcher is called by one thread for all who watch, so that it hands on what it gets and waits for nobody
     */
    Watching watch(String drill, Consumer<LiveDrill> watcher);

    /** Somebody watches. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
