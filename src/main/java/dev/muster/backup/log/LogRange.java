package dev.muster.backup.log;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The stretch of write-ahead log that a copy of a server was made during, without all of which it is inconsistent.
 *
 * @param timeline the timeline on which it ended
 * @param start where the log has to be replayed from
 * @param end the position from which on the copy is consistent
 * @param ended an instant at which the copy was still being made, as late as is known
 */
public record LogRange(int timeline, Lsn start, Lsn end, Optional<Instant> ended) {

    /** The segment in which it begins. */
    public Segment first(long size) {
        return Segment.holding(start, timeline, size);
    }

    /** The first of its segments that is not among those with these names; all of a server's have the same size. */
    public Optional<Segment> missing(Set<String> names, long size) {
        Segment last = Segment.before(end, timeline, size);
        Segment next = first(size);
        while (names.contains(next.name()) && next.number() < last.number()) {
            next = next.next();
        }
        return names.contains(next.name()) ? Optional.empty() : Optional.of(next);
    }
}
