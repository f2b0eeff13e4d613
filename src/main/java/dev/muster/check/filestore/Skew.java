package dev.muster.check.filestore;

import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.Readings;
import dev.muster.drill.SkewLimit;
import dev.muster.drill.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells files that got lost from files that were written after the filestore was copied. Either way the restored system
 * lacks them; what has to be mended is another thing.
 *
 * @param dumped the instant that the database is good for
 * @param copied the instant at which the filestore's copy is taken to have begun
 * @param limit how far the two may lie apart
 */
record Skew(Optional<Instant> dumped, Optional<Instant> copied, SkewLimit limit) {

    static Skew of(Subject subject, Optional<SkewLimit> limit) {
        Optional<Instant> dumped = Optional.ofNullable(subject.readings().get(Asset.DATABASE))
                .flatMap(readings ->
                        readings.proven().at().or(() -> readings.claimed().at()));
        Optional<Instant> copied = Optional.ofNullable(subject.readings().get(Asset.FILESTORE))
                .flatMap(readings -> copied(subject, readings));
        return new Skew(dumped, copied, limit.orElse(SkewLimit.NONE));
    }

    /**
     * The newest file was there when the copy was made, so the copy did not end before; what the backup claims may be
     * later, and the later of the two excuses less. An archive that holds the database too claims the time of its end.
     */
    private static Optional<Instant> copied(Subject subject, Readings readings) {
        boolean withTheDatabase = Optional.ofNullable(
                        subject.runbook().backups().get(Asset.FILESTORE))
                .flatMap(source -> source.within())
                .isPresent();
        return withTheDatabase
                ? readings.proven().at()
                : Stream.of(readings.proven(), readings.claimed())
                        .flatMap(reading -> reading.at().stream())
                        .max(Instant::compareTo);
    }

    /** Whether the filestore was copied first, so that the rows may name files that came after. */
    private boolean filesFirst() {
        return copied.isPresent() && (dumped.isEmpty() || !copied.get().isAfter(dumped.get()));
    }

    /** Whether files may have been collected as garbage after the database was dumped and before they were copied. */
    boolean filesLast() {
        return copied.isPresent() && dumped.isPresent() && copied.get().isAfter(dumped.get());
    }

    /** Whether the file is missing and every row that names it may be younger than the filestore's copy. */
    boolean explains(Inspected inspected) {
        return inspected.condition() == Inspected.Condition.MISSING
                && filesFirst()
                && copied.flatMap(began -> inspected
                                .file()
                                .written()
                                .map(written -> !written.isBefore(began.minus(limit.slack()))))
                        .orElse(false);
    }

    /** How long the filestore's copy began before the database's instant; negative when it was later. */
    Optional<Duration> length() {
        return copied.flatMap(began -> dumped.map(instant -> Duration.between(began, instant)));
    }

    /** Whether so many files may be missing because of it. */
    boolean tolerates(long missing) {
        return length().filter(length -> length.compareTo(limit.atMost()) <= 0).isPresent()
                && missing <= limit.files().orElse(Long.MAX_VALUE);
    }

    /** It in one line. */
    String described() {
        return length().map(length -> length.abs().toSeconds() + " s: database of " + dumped.orElseThrow()
                        + ", filestore copied " + (length.isNegative() ? "later, at " : "earlier, from ")
                        + copied.orElseThrow())
                .orElse("not known: when " + (copied.isEmpty() ? "the filestore was copied" : "the database was dumped")
                        + " is not known");
    }

    /** What the runbook allows, in one line. */
    String allowed() {
        return limit.equals(SkewLimit.NONE)
                ? "none"
                : new Span(limit.atMost())
                        + (limit.files().isPresent() ? " and " + limit.files().getAsLong() + " files" : "");
    }
}
