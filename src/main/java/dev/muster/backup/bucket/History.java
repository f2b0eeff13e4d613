package dev.muster.backup.bucket;

import dev.muster.drill.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lay under a prefix in the course of time, as far as the bucket keeps versions.
 *
 * @param events every version and delete marker; those of one key, the newest first
 * @param versioned whether older versions are kept, so that the past can be seen
 */
public record History(List<Event> events, boolean versioned) {
    /** A copying job pauses for less than this between two objects. */
    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** What begins to change only later than this has nothing to do with the point it follows. */
    private static final Duration SOON = Duration.ofDays(1);

    public History {
        // Some servers tell whole seconds only.
        events = events.stream()
                .sorted(Comparator.comparing((Event one) -> one.object().key())
                        .thenComparing(Event::at, Comparator.reverseOrder())
                        .thenComparing(one -> !one.latest()))
                .toList();
    }

    /**
     * An object that was put there, or whose key was deleted then.
     *
     * @param latest whether nothing has happened to the key since
     */
    public record Event(StoredObject object, boolean deleted, boolean latest) {
        Instant at() {
            return object.lastModified();
        }
    }

    /**
     * The state at an instant.
     *
     * @param later how many objects are left out because they were stored after it
     */
    public record State(Instant at, List<StoredObject> objects, long later, boolean versioned) {
        public State {
            objects = List.copyOf(objects);
        }

        /** Everything that is there now, whatever was there before. */
        public static State now(List<StoredObject> listed) {
            Instant newest = listed.stream()
                    .map(StoredObject::lastModified)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            return new State(newest, listed, 0, false);
        }
    }

    /** Of each key the newest version that is not after the instant, unless it had been deleted by then. */
    public State at(Instant instant) {
        List<StoredObject> there = new ArrayList<>();
        Set<String> known = new HashSet<>();
        long later = 0;
        for (Event event : events) {
            if (event.at().isAfter(instant)) {
                later++;
            } else if (known.add(event.object().key()) && !event.deleted()) {
                there.add(event.object());
            }
        }
        return new State(instant, there, later, versioned);
    }

    /**
     * When the copying job that first ran after a point had come to its end, so that all is there that existed at that
     * point; the point itself when nothing changed soon after it.
     *
     * @param latest the instant at which the looking ends
     */
    public Instant settledAfter(Instant point, Instant latest) {
        List<Instant> changes = events.stream()
                .map(Event::at)
                .filter(at -> at.isAfter(point) && !at.isAfter(latest))
                .sorted()
                .toList();
        Optional<Instant> end = Optional.empty();
        for (Instant change : changes) {
            boolean goesOn =
                    end.isPresent() ? !change.isAfter(end.get().plus(PAUSE)) : !change.isAfter(point.plus(SOON));
            if (!goesOn) {
                break;
            }
            end = Optional.of(change);
        }
        return end.orElse(point);
    }
}
