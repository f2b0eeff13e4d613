package dev.muster.check.filestore;

import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The span in which files may rightly be missing: database and filestore are not copied in one instant.
 *
 * @param copied the instant the filestore's backup is good for; absent when not known, and then nothing is excused
 */
record Skew(Optional<Instant> copied) {
    /** Rows bear the instant at which their transaction began, which lies before their file was written. */
    static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(5);

    static Skew of(Subject subject) {
        return new Skew(
                Optional.ofNullable(subject.readings().get(Asset.FILESTORE)).flatMap(Skew::instant));
    }

    private static Optional<Instant> instant(Readings readings) {
        return readings.proven().at().or(() -> readings.claimed().at());
    }

    /** Whether every row that names the file may be younger than the filestore's backup. */
    boolean explains(Inspected inspected) {
        return inspected.condition() == Inspected.Condition.MISSING
                && copied.flatMap(began -> inspected
                                .file()
                                .written()
                                .map(written -> !written.isBefore(began.minus(LONGEST_TRANSACTION))))
                        .orElse(false);
    }
}
