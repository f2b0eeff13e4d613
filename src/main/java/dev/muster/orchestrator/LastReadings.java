package dev.muster.orchestrator;

import dev.muster.check.Watermarks;
import dev.muster.check.filestore.FilesComplete;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Candidate;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads, once everything is restored and checked, what the data itself says about the recovery point. */
final class LastReadings {
    /** Claim and proof of one backup may differ by this much without anybody asking why. */
    private static final Duration TOLERATED = Duration.ofMinutes(15);

    private final Notes notes;
    private final Watermarks watermarks;
    private final Clock clock;

    LastReadings(Notes notes, Watermarks watermarks, Clock clock) {
        this.notes = notes;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    Void take() throws InterruptedException {
        Optional<Database> database = notes.database().filter(any -> notes.cameBack(Asset.DATABASE));
        if (database.isPresent()) {
            for (BusinessProcess process : notes.request.runbook().processes().values()) {
                if (process.watermark().isPresent()) {
                    watermark(process, process.watermark().get(), database.get());
                }
            }
        }
        seen();
        filestoreUpToDatabase();
        disagreements();
        snapshotBeforeItsRows();
        return null;
    }

    private void watermark(BusinessProcess process, String query, Database database) throws InterruptedException {
        Instant from = clock.instant();
        Reading newest = watermarks.newest(process, database, notes.request.disaster());
        notes.watermark(process.name(), newest);
        String name = "watermark-" + process.name();
        Optional<Problem> problem = newest.at().isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "The newest row of the process " + process.name() + " could not be read: " + newest.formula(),
                        notes.request.runbook().file() + ", processes." + process.name() + ".watermark",
                        "Correct the query, which has to give one row with one time. If it is right, the backup lacks the"
                                + " rows of this process: choose another with --backup database=KEY."));
        notes.checked(List.of(new CheckResult(
                name,
                "watermarks",
                problem.isPresent() ? Verdict.COULD_NOT_RUN : Verdict.PASSED,
                from,
                clock.instant(),
                Map.of(
                        "query",
                        query,
                        "newest",
                        newest.at().map(Instant::toString).orElse("not read")),
                problem,
                List.of())));
    }

    private void seen() {
        notes.watermarks().entrySet().stream()
                .filter(entry -> entry.getValue().at().isPresent())
                .max(Comparator.comparing(entry -> entry.getValue().at().orElseThrow()))
                .ifPresent(newest -> notes.read(Asset.DATABASE, readings -> {
                    Reading seen = Reading.of(
                            newest.getValue().at().orElseThrow(),
                            "newest row seen by the watermark of " + newest.getKey());
                    Readings all = readings.withSeen(seen);
                    // A row that came back was committed: a lower bound, when the dump does not say when it began.
                    return readings.proven().at().isPresent()
                            ? all
                            : all.withProven(Reading.of(
                                    newest.getValue().at().orElseThrow(),
                                    "newest row that came back, a lower bound ("
                                            + readings.proven().formula() + ")"));
                }));
    }

    /** A filestore that holds every file the database names is as good as the database. */
    private void filestoreUpToDatabase() {
        Optional<Reading> database =
                Optional.ofNullable(notes.readings().get(Asset.DATABASE)).map(Readings::proven);
        if (filesAreProvenByTheDatabase(Asset.FILESTORE)
                && database.flatMap(Reading::at).isPresent()) {
            notes.read(
                    Asset.FILESTORE,
                    readings -> readings.withProven(Reading.of(
                            database.flatMap(Reading::at).orElseThrow(),
                            "every file that the database names is there with its digest, so the filestore is as good as"
                                    + " the database")));
        }
    }

    private void disagreements() {
        notes.readings().forEach((asset, readings) -> {
            Optional<Instant> claimed = readings.claimed().at();
            Optional<Instant> proven = readings.proven().at();
            if (asset != Asset.CONFIGURATION && claimed.isPresent() && proven.isPresent()) {
                Duration apart = Duration.between(proven.get(), claimed.get());
                if (apart.abs().compareTo(TOLERATED) > 0 && !boundKept(asset, apart)) {
                    notes.found(new Finding(
                            Finding.Severity.MINOR,
                            new Problem(
                                    "The " + asset.label() + " backup claims " + claimed.get() + ", but " + proven.get()
                                            + " is what is proven, "
                                            + apart.abs().toMinutes() + " min apart",
                                    address(asset),
                                    "Find out which is right: "
                                            + readings.claimed().formula() + "; "
                                            + readings.proven().formula() + ".")));
                }
            }
            if (claimed.isEmpty()) {
                notes.found(new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                "The " + asset.label() + " backup does not say when it was made: "
                                        + readings.claimed().formula(),
                                address(asset),
                                "Let the backup job write the time into the object's name, as in"
                                        + " 20261120T020000Z. If a time was read and is impossible, set `zone:` of this"
                                        + " backup in the runbook to the zone of the machine that made it.")));
            }
        });
    }

    /** Whether proof and claim may both be right although they are far apart. */
    private boolean boundKept(Asset asset, Duration claimedAfterProven) {
        if (filesAreProvenByTheDatabase(asset)) {
            // The files may have been copied long after the last row that names one of them.
            return true;
        }
        // A log leads on from where its backup ended, and objects of their own only say that they are not older.
        return claimedAfterProven.isNegative()
                && notes.recoveryPoint()
                        .map(point -> point.backups().get(asset))
                        .filter(backup ->
                                backup.log().isPresent() || backup.source().format() == BackupFormat.OBJECTS)
                        .isPresent();
    }

    private boolean filesAreProvenByTheDatabase(Asset asset) {
        return asset == Asset.FILESTORE
                && notes.checks().stream()
                        .anyMatch(check -> check.name().equals(FilesComplete.NAME)
                                && check.verdict() == Verdict.PASSED
                                // A runbook may tolerate that some are missing.
                                && check.observations()
                                        .getOrDefault(FilesComplete.LATE, "0")
                                        .equals("0"));
    }

    /** No row can be younger than the snapshot it came in; a zone that reads a dump hours too old shows only here. */
    private void snapshotBeforeItsRows() {
        Readings database = notes.readings().get(Asset.DATABASE);
        if (database == null || database.proven().at().isEmpty()) {
            return;
        }
        Instant snapshot = database.proven().at().get();
        database.seen()
                .at()
                .filter(row -> row.isAfter(snapshot.plus(TOLERATED)))
                .ifPresent(row -> notes.found(new Finding(
                        Finding.Severity.MAJOR,
                        new Problem(
                                "The newest row is from " + row + ", "
                                        + Duration.between(snapshot, row).toMinutes()
                                        + " min after the instant " + snapshot + " at which its dump is said to have"
                                        + " started",
                                address(Asset.DATABASE),
                                "Set `zone:` of the database's backup in the runbook to the zone of the machine that made"
                                        + " it; until then the RPO is wrong. The instant was read from: "
                                        + database.proven().formula() + "."))));
    }

    private String address(Asset asset) {
        return notes.recoveryPoint().stream()
                .flatMap(point -> point.candidates().stream())
                .filter(candidate -> candidate.asset() == asset && candidate.chosen())
                .map(Candidate::object)
                .findFirst()
                .map(object -> object.address())
                .orElse("");
    }
}
