package dev.muster.check.filestore;

import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells files that got lost from files that were written after the filestore was copied. Either way the restored system
 * lacks them; what has to be mended is another thing.
 *
 * @param copied the instant the filestore's backup is good for; absent when that is not known or not before the dump,
 *     whose rows then name nothing younger than the copy
 */
record Skew(Optional<Instant> copied) {
    /** Rows bear the instant at which their transaction began, which lies before their file was written. */
    static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(5);

    static Skew of(Subject subject) {
        Optional<Instant> dumped = instant(subject, Asset.DATABASE);
        return new Skew(
                instant(subject, Asset.FILESTORE).filter(copied -> dumped.isEmpty() || !copied.isAfter(dumped.get())));
    }

    private static Optional<Instant> instant(Subject subject, Asset asset) {
        return Optional.ofNullable(subject.readings().get(asset))
                .flatMap(readings ->
                        readings.proven().at().or(() -> readings.claimed().at()));
    }

    /** Whether the file is missing and every row that names it may be younger than the filestore's copy. */
    boolean explains(Inspected inspected) {
        return inspected.condition() == Inspected.Condition.MISSING
                && copied.flatMap(began -> inspected
                                .file()
                                .written()
                                .map(written -> !written.isBefore(began.minus(LONGEST_TRANSACTION))))
                        .orElse(false);
    }
}
