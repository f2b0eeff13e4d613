package dev.muster.backup.pgbackrest;

import dev.muster.backup.log.Segment;
import dev.muster.drill.StoredObject;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Looks whether all that a backup cannot do without is in the repository. */
final class Inventory {
    private static final long USUAL_SIZE = 16 << 20;

    private final Repository repository;

    Inventory(Repository repository) {
        this.repository = repository;
    }

    /** What of a backup's files is missing, as a sentence without its full stop. */
    Optional<String> fault(Manifest manifest) {
        for (Manifest.Stretch stretch : manifest.files()) {
            Optional<StoredObject> object = repository.backup(stretch.object());
            if (object.isEmpty()) {
                return Optional.of("It is not complete: " + repository.place(stretch.object())
                        + " is missing, which holds " + stretch.file());
            }
            if (object.get().size() < stretch.from() + stretch.length()) {
                return Optional.of("It is not complete: " + object.get().key() + " is cut short: it has "
                        + object.get().size() + " bytes, and " + stretch.file() + " should end at "
                        + (stretch.from() + stretch.length()));
            }
        }
        return Optional.empty();
    }

    /** What is missing of the log that was written while the backup was made. */
    Optional<String> logFault(BackupInfo.Entry entry, String folder) {
        long size = segmentSize(entry);
        Segment last = Segment.named(entry.lastSegment(), size);
        for (Segment next = Segment.named(entry.firstSegment(), size);
                next.number() <= last.number();
                next = next.next()) {
            if (!repository.hasSegment(folder, next.name())) {
                return Optional.of("It is not complete: the archived log " + folder + " lacks the segment "
                        + next.name() + ", which was written while the backup was made");
            }
        }
        return Optional.empty();
    }

    /** The size by which the names of the segments and the positions in them belong together. */
    private static long segmentSize(BackupInfo.Entry entry) {
        return LongStream.concat(
                        LongStream.of(USUAL_SIZE), IntStream.rangeClosed(20, 30).mapToLong(power -> 1L << power))
                .filter(size -> Segment.holding(entry.start().orElseThrow(), entry.timeline(), size)
                                .name()
                                .equals(entry.firstSegment())
                        && Segment.before(entry.end().orElseThrow(), entry.timeline(), size)
                                .name()
                                .equals(entry.lastSegment()))
                .findFirst()
                .orElse(USUAL_SIZE);
    }
}
