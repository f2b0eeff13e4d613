package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.Watermarks;
import dev.muster.check.application.Applications;
import dev.muster.check.isolation.NoWayOut;
import dev.muster.drill.Asset;
import dev.muster.drill.Attempt;
import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Stage;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.written.WrittenEnd;
import dev.muster.restore.Restorer;
import dev.muster.restore.neutralise.Neutraliser;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.signing.PublicKeyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conducts one drill from plan to conclusion. */
public final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private static final Duration WATERMARK_LIMIT = Duration.ofMinutes(2);

    private final Vaults vaults;
    private final Scratches scratches;
    private final Ledger ledger;
    private final Reaper reaper;
    private final Concluder concluder;
    private final Checks checks;
    private final KnownBefore knownBefore;
    private final Applications applications;
    private final Approvals approvals;
    private final Clock clock;

    public Conductor(
            Vaults vaults,
            Scratches scratches,
            Ledger ledger,
            Reaper reaper,
            Concluder concluder,
            Checks checks,
            KnownBefore knownBefore,
            Applications applications,
            Approvals approvals,
            Clock clock) {
        this.vaults = vaults;
        this.scratches = scratches;
        this.ledger = ledger;
        this.reaper = reaper;
        this.concluder = concluder;
        this.checks = checks;
        this.knownBefore = knownBefore;
        this.applications = applications;
        this.approvals = approvals;
        this.clock = clock;
    }

    /** Runs the drill to its end, whatever that is: every way out leaves evidence, a ledger entry and no scratch. */
    public Conclusion conduct(DrillRequest request, Cancellation cancellation, Progress progress)
            throws InterruptedException {
        return conduct(drill(request), request, Optional.empty(), cancellation, progress);
    }

    /**
     * Runs a drill that has its name already.
     *
     * @param drill a name by {@code DrillNames}, which no other drill has
     */
    public Conclusion conduct(String drill, DrillRequest request, Cancellation cancellation, Progress progress)
            throws InterruptedException {
        return conduct(drill, request, Optional.empty(), cancellation, progress);
    }

    /** Runs the drill as a control, and then once more with each fault, to see which of them its checks catch. */
    public Conclusion prove(DrillRequest request, FaultsWanted wanted, Cancellation cancellation, Progress progress)
            throws InterruptedException {
        return conduct(drill(request), request, Optional.of(wanted), cancellation, progress);
    }

    private String drill(DrillRequest request) {
        return DrillNames.next(request.runbook().name(), clock);
    }

    private Conclusion conduct(
            String drill,
            DrillRequest request,
            Optional<FaultsWanted> wanted,
            Cancellation cancellation,
            Progress watching)
            throws InterruptedException {
        PublicKeyText key = concluder.ready();
        reaper.closeAbandoned();
        reaper.removeExpired();
        Notes notes = new Notes(drill, request, clock.instant());
        Progress progress = new NotedProgress(watching, notes, clock);
        notes.environment(Surroundings.facts());
        approvals.note(notes, key);
        Map<String, String> planned = new TreeMap<>(DrillNames.planned(notes.drill, request));
        wanted.ifPresent(faults -> planned.putAll(faults.details()));
        LedgerDrill.in(ledger.events(), Map.of()).stream()
                .filter(earlier -> earlier.triesAgain(request))
                .reduce((first, second) -> second)
                .ifPresent(last -> planned.put("supersedes", last.drill()));
        Instant committed =
                ledger.append(EventKind.PLANNED, notes.drill, planned).at();
        notes.said(committed, "PLANNED stands in the ledger");
        progress.says("drill " + notes.drill);

        try (Stages stages = new Stages(request.runbook(), clock, cancellation, progress)) {
            Optional<Verdict> stopped = stopped(notes, () -> {
                plan(notes, stages);
                notes.started(ledger.append(EventKind.STARTED, notes.drill, started(notes))
                        .at());
                AsRestored kept = new AsRestored(wanted.isPresent());
                while (!cameBack(notes, kept, stages, progress)) {
                    plan(notes, stages);
                }
                stages.run(Stage.CHECK, () -> readings(notes).take());
                if (wanted.isPresent()) {
                    prove(notes, kept, wanted.get(), stages, progress);
                }
            });
            progress.begins(Stage.CLOSE);
            Optional<TeardownReceipt> receipt = close(notes, stopped);
            new SourceUnchanged(vaults, clock).check(notes);
            progress.begins(Stage.CONCLUDE);
            return concluder.conclude(notes, key, stopped, receipt);
        }
    }

    /** Restores what was chosen and carries out the steps; false when an older backup is to be chosen instead. */
    private boolean cameBack(Notes notes, AsRestored kept, Stages stages, Progress progress) throws Exception {
        Scratch scratch = open(notes, stages);
        try {
            fetch(notes, scratch, stages, progress);
            kept.keep(notes, scratch);
            steps(notes, scratch, kept, stages, progress)
                    .carryOut(notes.request.runbook().steps());
            return true;
        } catch (NotRestored failed) {
            progress.says(failed.problem() + " Walking back to an older backup.");
            progress.begins(Stage.CLOSE);
            new WalkBack(notes).note(failed, Optional.of(remove(scratch, notes)));
            return false;
        }
    }

    /** The work of a drill up to its closing. */
    private interface Work {
        void run() throws Exception;
    }

    /** Does the work; the verdict that ended it early, if anything did, with its reason in the notes. */
    private static Optional<Verdict> stopped(Notes notes, Work work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Aborted aborted) {
            notes.trouble(new Problem(
                    "The drill was stopped: " + aborted.getMessage(),
                    notes.drill,
                    "Start it again when it is convenient."));
            return Optional.of(Verdict.ABORTED);
        } catch (BadBackup bad) {
            notes.trouble(bad.problem());
            return Optional.of(Verdict.FAILED);
        } catch (CouldNotRun unable) {
            notes.trouble(unable.problem());
            return Optional.of(Verdict.COULD_NOT_RUN);
        } catch (Exception unexpected) {
            notes.trouble(Unexpected.problem(unexpected));
            LOG.debug("drill {} met unforeseen trouble", notes.drill, unexpected);
            return Optional.of(Verdict.COULD_NOT_RUN);
        }
    }

    /** Notes in the ledger that a drill was asked for and refused, since its runbook is at fault. */
    public void refuse(String runbook, int mistakes, String requestedBy) {
        String drill = DrillNames.next("refused", clock);
        Map<String, String> details = new TreeMap<>(Owner.ofThisProcess().details());
        details.put("runbook", runbook);
        details.put("requested by", requestedBy);
        ledger.append(EventKind.PLANNED, drill, details);
        ledger.append(EventKind.REFUSED, drill, Map.of("mistakes", Integer.toString(mistakes)));
    }

    /** Notes in the ledger and the catalog that a drill of the queue could not even be planned. */
    public void refuse(QueuedDrill queued, Problem reason) {
        Map<String, String> details = new TreeMap<>(Owner.ofThisProcess().details());
        details.put("runbook", queued.runbook());
        details.put("system", queued.system());
        details.put("requested by", queued.askedBy());
        details.put("trigger", queued.trigger().name());
        details.putAll(DrillNames.queued(queued));
        ledger.append(EventKind.PLANNED, queued.drill(), details);
        ledger.append(
                EventKind.REFUSED,
                queued.drill(),
                Map.of("reason", reason.toString(), WrittenEnd.PROBLEM, reason.what()));
        concluder.refused(queued, reason);
    }

    private void plan(Notes notes, Stages stages) throws Exception {
        stages.run(Stage.PLAN, timed(notes, Stage.PLAN, "choose the recovery point", () -> {
            RecoveryPoint point = vaults.choose(notes.request, notes.drill, new WalkBack(notes).tried());
            notes.chosen(point);
            if (notes.attempts().isEmpty()) {
                PassedOver.findings(point).forEach(notes::found);
            }
            return null;
        }));
    }

    private Scratch open(Notes notes, Stages stages) throws Exception {
        return stages.run(Stage.OPEN, timed(notes, Stage.OPEN, "open the scratch", () -> {
            Scratch scratch =
                    scratches.open(notes.drill, notes.request.runbook().scratch());
            // Noted here and not by the caller: a cancel may come between the two, and the scratch must go all the
            // same.
            notes.opened(scratch);
            notes.environment(Map.of("network of the scratch", scratch.network()));
            return scratch;
        }));
    }

    /** Makes one fault after the other in what was restored, each asked as the drill asked. */
    private void prove(Notes notes, AsRestored kept, FaultsWanted wanted, Stages stages, Progress progress)
            throws Exception {
        Prover prover = new Prover(
                notes,
                kept,
                wanted,
                vaults,
                scratches,
                (mutant, place) -> steps(mutant, place, new AsRestored(false), stages, Progress.SILENT),
                this::readings,
                clock);
        stages.run(Stage.PROVE, timed(notes, Stage.PROVE, "prove the checks", () -> {
            notes.proven(prover.prove(stages, progress));
            return null;
        }));
    }

    private LastReadings readings(Notes notes) {
        return new LastReadings(notes, new Watermarks(WATERMARK_LIMIT), clock);
    }

    private StepRunner steps(Notes notes, Scratch scratch, AsRestored kept, Stages stages, Progress progress) {
        return new StepRunner(
                notes,
                scratch,
                stages,
                new Restorer(clock, vaults),
                new Neutraliser(clock),
                new ErasureReplay(vaults, checks, clock),
                checks,
                applications,
                new VaultChecks(vaults, clock),
                new Probes(vaults, new NoWayOut(clock)),
                knownBefore,
                kept::keep,
                clock,
                progress);
    }

    private void fetch(Notes notes, Scratch scratch, Stages stages, Progress progress) throws Exception {
        RecoveryPoint point = notes.recoveryPoint().orElseThrow();
        Path folder = scratch.folder("objects");
        List<Callable<Void>> works = new ArrayList<>();
        for (Map.Entry<Asset, Backup> entry : point.backups().entrySet()) {
            if (entry.getValue().source().within().isPresent()) {
                continue;
            }
            Backup backup = entry.getValue();
            String label = entry.getKey().label();
            Path own = Files.createDirectories(folder.resolve(label));
            works.add(timed(notes, Stage.FETCH, "fetch: " + label, () -> {
                try {
                    List<ObjectRead> read = vaults.fetchAll(backup, own, progress);
                    scratch.handOver(own);
                    unseal(notes, backup, own, scratch, progress);
                    notes.fetched(entry.getKey(), own, read);
                    unprotected(backup, read).forEach(notes::found);
                } catch (BadBackup bad) {
                    new WalkBack(notes).from(entry.getKey(), bad);
                }
                return null;
            }));
        }
        stages.run(Stage.FETCH, () -> {
            stages.together(works);
            return null;
        });
    }

    /** Digests are of the bytes as they lie in the vault, so that they are compared before this. */
    private void unseal(Notes notes, Backup backup, Path folder, Scratch scratch, Progress progress)
            throws BadBackup, InterruptedException {
        new Restorer(clock, vaults)
                .unseal(
                        backup,
                        folder,
                        scratch,
                        notes.request.runbook().scratch().postgres(),
                        progress)
                .ifPresent(program -> notes.environment(Map.of(
                        backup.asset().label() + " decrypted with",
                        program + " and " + backup.source().key().orElse("")
                                + "; digests were compared before, over the encrypted bytes")));
    }

    /** A copy of a server has a manifest that vouches for all of its files, and is checked when it is restored. */
    private static List<Finding> unprotected(Backup backup, List<ObjectRead> read) {
        if (backup.object().isPrefix()) {
            List<ObjectRead> bare =
                    read.stream().filter(ObjectRead::unprotected).toList();
            return bare.isEmpty() ? List.of() : List.of(Unprotected.finding(backup, bare, read.size()));
        }
        return read.stream()
                .filter(one -> one.unprotected() && one.before().equals(backup.object()))
                .map(Unprotected::finding)
                .toList();
    }

    private Optional<TeardownReceipt> close(Notes notes, Optional<Verdict> stopped) {
        notes.beside().forEach(Scratch::remove);
        Optional<Scratch> scratch = notes.scratch();
        if (scratch.isEmpty()) {
            List<Attempt> attempts = notes.attempts();
            return attempts.isEmpty()
                    ? Optional.empty()
                    : attempts.get(attempts.size() - 1).teardown();
        }
        if (notes.request.keep().isPresent() && stopped.isEmpty()) {
            Instant end = clock.instant().plus(notes.request.keep().get());
            scratch.get().keepUntil(end);
            notes.environment(Map.of(
                    "scratch kept until",
                    end.toString(),
                    "how to reach it",
                    scratch.get().reach()));
            return Optional.empty();
        }
        return Optional.of(remove(scratch.get(), notes));
    }

    private TeardownReceipt remove(Scratch scratch, Notes notes) {
        Instant from = clock.instant();
        TeardownReceipt receipt = scratch.remove();
        notes.worked(Stage.CLOSE, "remove the scratch", from, clock.instant());
        return receipt;
    }

    private static Map<String, String> started(Notes notes) {
        Map<String, String> details = new TreeMap<>();
        notes.recoveryPoint().orElseThrow().backups().forEach((asset, backup) -> {
            details.put(asset.label(), backup.object().address());
            details.put(asset.label() + " etag", backup.object().etag());
            backup.object().version().ifPresent(version -> details.put(asset.label() + " version", version));
        });
        return details;
    }

    private <T> Callable<T> timed(Notes notes, Stage stage, String work, Callable<T> body) {
        return () -> {
            Instant from = clock.instant();
            try {
                return body.call();
            } finally {
                notes.worked(stage, work, from, clock.instant());
            }
        };
    }
}
