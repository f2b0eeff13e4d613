package dev.muster.drill;

import java.util.List;

/**
 * The stretch of an archived write-ahead log that follows a base backup.
 *
 * @param timeline the timeline that recovery follows
 * @param first the segment in which the backup begins
 * @param histories the archive's timeline histories
 * @param segments the segments from the backup's start on, in order and without a gap
 * @param missing the name of the first segment that is missing, or the one that would come next
 * @param gap whether more segments follow after the missing one
 * @param segmentSize the size of each segment, decompressed
 * @param digests the archive's objects that hold digests of others
 */
public record RecoveryLog(
        int timeline,
        String first,
        List<StoredObject> histories,
        List<StoredObject> segments,
        String missing,
        boolean gap,
        long segmentSize,
        List<StoredObject> digests) {
    public RecoveryLog {
        histories = List.copyOf(histories);
        segments = List.copyOf(segments);
        digests = List.copyOf(digests);
    }
}
