package dev.muster.restore;

import dev.muster.backup.Vaults;
import dev.muster.backup.format.Seal;
import dev.muster.backup.log.LogRange;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Readings;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import dev.muster.restore.files.OdooZip;
import dev.muster.restore.files.PlainFiles;
import dev.muster.restore.files.ResticFiles;
import dev.muster.restore.files.UnpackedFiles;
import dev.muster.restore.sealed.Unsealing;
import dev.muster.restore.server.BarmanCopy;
import dev.muster.restore.server.BaseBackup;
import dev.muster.restore.server.ByOperator;
import dev.muster.restore.server.PgBackRest;
import dev.muster.restore.server.Recovery;
import dev.muster.restore.server.ServerCopy;
import dev.muster.restore.server.WalgCopy;
import dev.muster.restore.sql.Dump;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.OutOfReach;
import dev.muster.restore.work.Room;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Puts a fetched backup into a scratch and says whether all of it came back. */
public final class Restorer {
    /** The check that a copied server was recovered to its target. */
    public static final String RECOVERED = "recovered-to-target";

    private final Clock clock;
    private final Vaults vaults;

    public Restorer(Clock clock, Vaults vaults) {
        this.clock = clock;
        this.vaults = vaults;
    }

    /**
     * Restores one backup. A backup that is at fault makes a failed check; what says nothing about the backup is thrown
     * as {@link CouldNotRun}.
     *
     * @param step the runbook step that this is
     * @param folder where the backup's objects were fetched into, in the scratch
     * @param postgres the major version of the server to restore a database into
     * @param disaster the instant up to which a log is replayed where the runbook names no other target
     */
    public RestoreOutcome restore(
            String step, Backup backup, Path folder, Scratch scratch, int postgres, Instant disaster, Progress progress)
            throws InterruptedException {
        Job job = new Job(backup, folder, scratch, postgres, progress);
        Notes notes = new Notes();
        List<CheckResult> checks = new ArrayList<>();
        Optional<ServerCopy> copy = serverCopy(job, notes);
        if (copy.isPresent()) {
            requireAsset(backup.asset() == Asset.DATABASE, job, "a database server", "tar");
            physical(step, job, notes, copy.get(), disaster, checks);
        } else {
            checks.add(checked(
                    backup.asset() == Asset.DATABASE ? "restored-completely" : "unpacked-completely",
                    step,
                    job,
                    notes,
                    () -> restore(job, notes)));
        }
        return new RestoreOutcome(
                checks,
                new Readings(backup.claimed(), notes.proven(), notes.seen()),
                notes.database(),
                notes.folder(),
                notes.facts(),
                notes.reads(),
                notes.roles());
    }

    /** Has an operator restore a database, and looks at what it calls restored. */
    public RestoreOutcome recovered(Step.Restore step, Backup backup, Scratch scratch, Beside beside, Instant disaster)
            throws InterruptedException {
        return new ByOperator(step, backup, scratch, beside, disaster, clock).restore();
    }

    /**
     * Decrypts a fetched backup where it lies, if it is encrypted as a whole.
     *
     * @param folder where the backup's objects were fetched into, in the scratch
     * @return the program that it was encrypted with, by the name that people know
     */
    public Optional<String> unseal(Backup backup, Path folder, Scratch scratch, int postgres, Progress progress)
            throws BadBackup, InterruptedException {
        return switch (backup.source().format()) {
            case PG_DUMP, ODOO_ZIP, TAR ->
                Unsealing.open(new Job(backup, folder, scratch, postgres, progress), () -> vaults.key(backup.source()))
                        .map(Seal::label);
            case PG_BASEBACKUP, PGBACKREST, BARMAN, WAL_G, OBJECTS, RESTIC -> Optional.empty();
        };
    }

    /** How the copy of a server is put back, if that is what the backup is. */
    private Optional<ServerCopy> serverCopy(Job job, Notes notes) {
        return switch (job.backup().source().format()) {
            case PG_BASEBACKUP -> Optional.of(new BaseBackup(job, notes));
            case BARMAN -> Optional.of(new BarmanCopy(job, notes));
            case WAL_G -> Optional.of(new WalgCopy(job, notes));
            case PGBACKREST -> Optional.of(new PgBackRest(job, notes, vaults));
            case PG_DUMP, ODOO_ZIP, TAR, OBJECTS, RESTIC -> Optional.empty();
        };
    }

    private void physical(
            String step, Job job, Notes notes, ServerCopy copy, Instant disaster, List<CheckResult> checks)
            throws InterruptedException {
        notes.fact("format", job.backup().source().format().label());
        AtomicReference<@Nullable LogRange> log = new AtomicReference<>();
        checks.add(checked("restored-completely", step, job, notes, () -> log.set(copy.restore())));
        LogRange needed = log.get();
        if (needed != null) {
            Recovery recovery = new Recovery(job, notes, needed, copy.logSeal(), vaults, disaster);
            notes.nextCheck();
            checks.add(checked(RECOVERED, step, job, notes, recovery::run));
        }
    }

    /** Does one piece of the work and says how it ended. */
    private CheckResult checked(String name, String step, Job job, Notes notes, Work work) throws InterruptedException {
        Instant started = clock.instant();
        Optional<Problem> problem = Optional.empty();
        long bytes = 0;
        try {
            bytes = job.backup().bytes();
            notes.observe("bytes", bytes);
            work.run();
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
        notes.observe("rate", rate(bytes, Duration.between(started, finished)));
        return new CheckResult(
                name,
                step,
                problem.isPresent() ? Verdict.FAILED : Verdict.PASSED,
                started,
                finished,
                notes.observations(),
                problem,
                notes.findings());
    }

    private void restore(Job job, Notes notes) throws IOException, SQLException, BadBackup, InterruptedException {
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
            case OBJECTS -> {
                requireAsset(!database, job, "files", "pg-dump");
                PlainFiles.restore(job, notes);
            }
            case RESTIC -> {
                requireAsset(!database, job, "files", "pg-dump");
                new ResticFiles(job, notes, vaults.key(job.backup().source()).orElseThrow()).restore();
            }
            case ODOO_ZIP -> OdooZip.restore(job, notes);
            case PG_BASEBACKUP, PGBACKREST, BARMAN, WAL_G ->
                throw new IllegalStateException("the copy of a server is restored and then recovered");
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

    private static String rate(long bytes, Duration duration) {
        double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
        return String.format(Locale.ROOT, "%s/s over %.1f s", Room.size((long) (bytes / seconds)), seconds);
    }

    /** A piece of a restore that writes down what it observes. */
    private interface Work {
        void run() throws IOException, SQLException, BadBackup, InterruptedException;
    }
}
