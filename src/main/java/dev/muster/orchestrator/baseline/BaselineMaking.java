package dev.muster.orchestrator.baseline;

import dev.muster.backup.Vaults;
import dev.muster.check.comparison.BaselineReader;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Baseline;
import dev.muster.drill.BaselinePlan;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.TeardownReceipt;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.DrillNames;
import dev.muster.restore.RestoreOutcome;
import dev.muster.restore.Restorer;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes a baseline from a live database or from a restore, and puts it into its vault. */
public final class BaselineMaking {
    private final Vaults vaults;
    private final Scratches scratches;
    private final Baselines baselines;
    private final Ledger ledger;
    private final Function<String, Secret> secrets;
    private final Clock clock;

    /** @param secrets finds what stands behind the references in a text */
    public BaselineMaking(
            Vaults vaults,
            Scratches scratches,
            Baselines baselines,
            Ledger ledger,
            Function<String, Secret> secrets,
            Clock clock) {
        this.vaults = vaults;
        this.scratches = scratches;
        this.baselines = baselines;
        this.ledger = ledger;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Reads the live database.
     *
     * @param database its address, in place of the one in the runbook
     */
    public Kept live(Runbook runbook, Optional<String> database, Progress progress) throws InterruptedException {
        baselines.ready();
        BaselinePlan plan = plan(runbook);
        String text = database.or(plan::database)
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The runbook names no live database to read",
                        runbook.file() + ", baseline.database",
                        "Name it there or with --database, or read a restore with --from-drill.")));
        LiveAddress address =
                LiveAddress.of(secrets.apply(text), plan.password().map(secrets));
        progress.says("reading " + address.place());
        try (LiveDatabase live = LiveDatabase.open(address)) {
            Instant at = live.at().truncatedTo(ChronoUnit.SECONDS);
            return keep(runbook, new BaselineReader(runbook, live, progress).read(at, Baseline.Origin.LIVE));
        } catch (SQLException broken) {
            throw LiveDatabase.unable(address, broken);
        }
    }

    /** Restores the backup of the database that a drill would take, and reads what came back. */
    public Kept restored(DrillRequest request, Progress progress) throws InterruptedException {
        baselines.ready();
        Runbook runbook = request.runbook();
        plan(runbook);
        String name = DrillNames.next("baseline-" + runbook.name(), clock);
        LocalSite site = null;
        try {
            RecoveryPoint point = vaults.choose(request, name);
            Backup backup = Optional.ofNullable(point.backups().get(Asset.DATABASE))
                    .orElseThrow(() -> new CouldNotRun(new Problem(
                            "The runbook restores no database", runbook.file(), "Describe `backups.database` in it.")));
            site = scratches.openHere(name, runbook.scratch());
            return keep(runbook, read(request, backup, site.scratch(), progress));
        } catch (BadBackup bad) {
            throw notRestored(bad.problem());
        } catch (SQLException | IOException broken) {
            throw new CouldNotRun(
                    new Problem(
                            "The restored database could not be read: " + broken.getMessage(),
                            runbook.file(),
                            "Run a drill with `muster run " + runbook.file() + "`; its checks say more."),
                    broken);
        } finally {
            if (site != null) {
                leave(site.remove(), progress);
            }
        }
    }

    private Baseline read(DrillRequest request, Backup backup, Scratch scratch, Progress progress)
            throws BadBackup, SQLException, IOException, InterruptedException {
        Runbook runbook = request.runbook();
        int postgres = runbook.scratch().postgres();
        Restorer restorer = new Restorer(clock, vaults);
        Path folder = Files.createDirectories(scratch.folder("objects").resolve("database"));
        vaults.fetchAll(backup, folder, progress);
        scratch.handOver(folder);
        restorer.unseal(backup, folder, scratch, postgres, progress);
        RestoreOutcome outcome =
                restorer.restore("restore: database", backup, folder, scratch, postgres, request.disaster(), progress);
        Optional<Problem> failed = outcome.checks().stream()
                .flatMap((CheckResult check) -> check.problem().stream())
                .findFirst();
        if (failed.isPresent()) {
            throw notRestored(failed.get());
        }
        Database database = outcome.database().orElseThrow();
        Instant point = outcome.readings()
                .known()
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The backup does not say when it was made, so that nobody could tell of which instant the"
                                + " baseline is",
                        backup.object().address(),
                        "Let the backup job write the time into the object's name, or read the live database.")));
        return new BaselineReader(runbook, database, progress)
                .read(
                        point.truncatedTo(ChronoUnit.SECONDS),
                        new Baseline.Origin(Optional.of(backup.object().address()), Optional.of(point)));
    }

    private Kept keep(Runbook runbook, Baseline baseline) throws InterruptedException {
        if (baseline.tables().isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The database holds no table, so there is nothing to make a baseline of",
                    runbook.file() + ", baseline",
                    "See whether the address names the right database; the user must be able to see its tables."));
        }
        Kept kept = baselines.keep(runbook, baseline);
        ledger.append(
                EventKind.BASELINE_MADE,
                "",
                Map.of(
                        "runbook", runbook.name(),
                        "system", runbook.system(),
                        "object", kept.address(),
                        "sha256", kept.sha256(),
                        "read from", baseline.origin().words(),
                        "at", baseline.at().toString()));
        return kept;
    }

    private static BaselinePlan plan(Runbook runbook) {
        return runbook.baseline()
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The runbook does not say where its baselines lie",
                        runbook.file(),
                        "Add \"baseline: { vault: NAME, prefix: baselines/ }\" to it.")));
    }

    private static CouldNotRun notRestored(Problem problem) {
        return new CouldNotRun(new Problem(
                "No baseline is made of a backup that does not come back: " + problem.what(),
                problem.where(),
                problem.remedy()));
    }

    private static void leave(TeardownReceipt receipt, Progress progress) {
        if (!receipt.removed()) {
            progress.says("the scratch could not be removed whole; `muster scratch remove " + receipt.scratch() + "`");
        }
    }
}
