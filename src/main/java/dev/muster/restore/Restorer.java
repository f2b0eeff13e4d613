package dev.muster.restore;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Readings;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts a fetched backup into a scratch and says whether all of it came back. */
public final class Restorer {
    private final Clock clock;

    public Restorer(Clock clock) {
        this.clock = clock;
    }

    /**
     * Restores one backup. A backup that is at fault makes a failed check; what says nothing about the backup is thrown
     * as {@link CouldNotRun}.
     *
     * @param step the runbook step that this is
     * @param file the fetched object, in the scratch
     * @param postgres the major version of the server to restore a database into
     */
    public RestoreOutcome restore(
            String step, Backup backup, Path file, Scratch scratch, int postgres, Progress progress)
            throws InterruptedException {
        Job job = new Job(backup, file, scratch, postgres, progress);
        Notes notes = new Notes();
        Instant started = clock.instant();
        Optional<Problem> problem = Optional.empty();
        try {
            notes.observe("bytes", Files.size(file));
            restore(job, notes);
        } catch (BadBackup e) {
            problem = Optional.of(e.problem());
        } catch (Damaged e) {
            problem = Optional.of(job.bad(String.valueOf(e.getMessage())).problem());
        } catch (OutOfReach e) {
            throw job.cannot(String.valueOf(e.getMessage()), e.remedy());
        } catch (IOException e) {
            throw new Room(job).failed(e);
        } catch (SQLException e) {
            throw new CouldNotRun(
                    new Problem(
                            "The scratch's database stopped answering during the restore: " + e.getMessage(),
                            job.address(),
                            "See the server's log with --keep and muster scratch list; a machine short of memory or"
                                    + " disk is the usual reason. Then run the drill again."),
                    e);
        }
        Instant finished = clock.instant();
        notes.observe("rate", rate(file, Duration.between(started, finished)));
        CheckResult check = new CheckResult(
                backup.asset() == Asset.DATABASE ? "restored-completely" : "unpacked-completely",
                step,
                problem.isPresent() ? Verdict.FAILED : Verdict.PASSED,
                started,
                finished,
                notes.observations(),
                problem,
                notes.findings());
        return new RestoreOutcome(
                List.of(check),
                new Readings(backup.claimed(), notes.proven(), notes.seen()),
                notes.database(),
                notes.folder(),
                notes.facts());
    }

    private static void restore(Job job, Notes notes)
            throws IOException, SQLException, BadBackup, InterruptedException {
        boolean database = job.backup().asset() == Asset.DATABASE;
        BackupFormat format = job.backup().source().format();
        notes.fact("format", format.label());
        switch (format) {
            case PG_DUMP -> {
                requireAsset(database, job, "a database", "tar");
                Dump.restore(job, notes);
            }
            case TAR -> {
                requireAsset(!database, job, "files", "pg-dump");
                UnpackedFiles.restore(job, notes);
            }
            case ODOO_ZIP -> OdooZip.restore(job, notes);
        }
    }

    private static void requireAsset(boolean fits, Job job, String holds, String better) {
        if (!fits) {
            throw job.cannot(
                    "The runbook declares the " + job.backup().asset().label() + " as "
                            + job.backup().source().format().label() + ", which holds " + holds,
                    "Declare backups." + job.backup().asset().label() + ".format as " + better + " in the runbook.");
        }
    }

    private static String rate(Path file, Duration duration) {
        try {
            double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
            return String.format(
                    Locale.ROOT, "%s/s over %.1f s", Room.size((long) (Files.size(file) / seconds)), seconds);
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
