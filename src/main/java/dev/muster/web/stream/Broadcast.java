package dev.muster.web.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all viewers of one drill get: each snapshot is written as JSON once, however many they are. */
final class Broadcast {
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Event newest;

    synchronized void send(Event event) {
        newest = event;
        each(stream -> give(stream, event));
    }

    /** Adds a viewer, who gets the newest snapshot unless it has that one. */
    synchronized void add(EventStream stream, @Nullable String seen) {
        streams.add(stream);
        Event event = newest;
        if (event != null && !event.id().equals(seen)) {
            give(stream, event);
        } else if (event != null && event.last()) {
            stream.endAfterwards();
        }
    }

    private static void give(EventStream stream, Event event) {
        stream.send(event.text());
        if (event.last()) {
            stream.endAfterwards();
        }
    }

    void remove(EventStream stream) {
        streams.remove(stream);
    }

    boolean unwatched() {
        return streams.isEmpty();
    }

    boolean silent() {
        return newest == null;
    }

    void each(Consumer<EventStream> action) {
        streams.forEach(action);
    }
}
