package dev.muster.backup.log;

import java.time.Instant;
import java.util.Optional;

/**
 * The stretch of write-ahead log that a copy of a server was made during, without all of which it is inconsistent.
 *
 * @param timeline the timeline on which it ended
 * @param start where the log has to be replayed from
 * @param end the position from which on the copy is consistent
 * @param ended an instant at which the copy was still being made, as late as is known
 */
public record LogRange(int timeline, Lsn start, Lsn end, Optional<Instant> ended) {}
