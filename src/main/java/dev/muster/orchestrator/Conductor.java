package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.application.Applications;
import dev.muster.drill.Attempt;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Stage;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.written.WrittenEnd;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.Site;
import dev.muster.scratch.Worker;
import dev.muster.signing.PublicKeyText;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conducts one drill from plan to conclusion. */
public final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private final Vaults vaults;
    private final Scratches scratches;
    private final Ledger ledger;
    private final Reaper reaper;
    private final Concluder concluder;
    private final Inside inside;
    private final Remote remote;
    private final Openings openings;
    private final KnownBefore knownBefore;
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
            Remote remote,
            Openings openings,
            Approvals approvals,
            Clock clock) {
        this.vaults = vaults;
        this.scratches = scratches;
        this.ledger = ledger;
        this.reaper = reaper;
        this.concluder = concluder;
        this.inside = new Inside(vaults, checks, applications, clock);
        this.remote = remote;
        this.openings = openings;
        this.knownBefore = knownBefore;
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
        Runbook runbook = request.runbook();
        if (runbook.scratch().on() != ScratchPlan.Placement.LOCAL) {
            throw new CouldNotRun(new Problem(
                    "Faults are made in a scratch on this machine, and this runbook wants its scratch in Kubernetes",
                    runbook.file() + ", scratch.on",
                    "Prove its checks with --set scratch.on=local; they are the same in both places."));
        }
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
        return Logged.as(drill, () -> conducted(drill, request, wanted, cancellation, watching));
    }

    private Conclusion conducted(
            String drill,
            DrillRequest request,
            Optional<FaultsWanted> wanted,
            Cancellation cancellation,
            Progress watching)
            throws InterruptedException {
        PublicKeyText key = concluder.ready();
        reaper.closeAbandoned();
        reaper.removeLeftBehind();
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
                while (!cameBack(notes, kept, stages, cancellation, progress)) {
                    plan(notes, stages);
                }
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
    private boolean cameBack(Notes notes, AsRestored kept, Stages stages, Cancellation cancellation, Progress progress)
            throws Exception {
        Site site = open(notes, stages, progress);
        try {
            site.match(new Site.Cases<Void>() {
                @Override
                public Void here(Scratch scratch) throws Exception {
                    inside.work(
                            notes,
                            scratch,
                            kept,
                            outside(notes, () -> {}, Companions.NONE, progress),
                            stages,
                            progress);
                    return null;
                }

                @Override
                public Void elsewhere(Worker worker) throws Exception {
                    WorkDone done = remote.work(
                            notes.order(stages.end()),
                            worker,
                            outside(notes, worker::cutOff, worker.companions(), progress),
                            cancellation,
                            progress);
                    notes.done(done);
                    done.ended().orThrow();
                    return null;
                }
            });
            return true;
        } catch (NotRestored failed) {
            progress.says(failed.problem() + " Walking back to an older backup.");
            progress.begins(Stage.CLOSE);
            new WalkBack(notes).note(failed, Optional.of(remove(site, notes)));
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
        stages.run(Stage.PLAN, notes.timed(clock, Stage.PLAN, "choose the recovery point", () -> {
            RecoveryPoint point = vaults.choose(notes.request, notes.drill, new WalkBack(notes).tried());
            notes.chosen(point);
            if (notes.attempts().isEmpty()) {
                PassedOver.findings(point).forEach(notes::found);
            }
            return null;
        }));
    }

    private Site open(Notes notes, Stages stages, Progress progress) throws Exception {
        return stages.run(Stage.OPEN, notes.timed(clock, Stage.OPEN, "open the scratch", () -> {
            Runbook runbook = notes.request.runbook();
            Map<String, VaultKeys> keys = openings.keys(notes.drill, runbook);
            notes.opens(keys);
            Site site = scratches.open(openings.of(notes.drill, runbook, keys, bytes(notes), progress));
            // Noted here and not by the caller: a cancel may come between the two, and the scratch must go all the
            // same.
            notes.opened(site);
            site.ready();
            notes.environment(Map.of("network of the scratch", site.network()));
            return site;
        }));
    }

    private static long bytes(Notes notes) {
        return notes.recoveryPoint().map(RecoveryPoint::bytes).orElse(0L);
    }

    private Outside outside(Notes notes, Runnable cutOff, Companions companions, Progress progress) {
        return new OutsideHere(
                notes.request,
                notes.drill,
                new VaultChecks(vaults, clock),
                knownBefore,
                new ErasureLists(vaults),
                cutOff,
                new BesideScratch(notes, vaults, companions, progress));
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
                (mutant, place) -> inside.steps(
                        mutant,
                        place,
                        new AsRestored(false),
                        outside(mutant, () -> {}, Companions.NONE, Progress.SILENT),
                        stages,
                        Progress.SILENT),
                inside::readings,
                clock);
        stages.run(Stage.PROVE, notes.timed(clock, Stage.PROVE, "prove the checks", () -> {
            notes.proven(prover.prove(stages, progress));
            return null;
        }));
    }

    private Optional<TeardownReceipt> close(Notes notes, Optional<Verdict> stopped) {
        notes.beside().forEach(Site::remove);
        Optional<Site> site = notes.site();
        if (site.isEmpty()) {
            List<Attempt> attempts = notes.attempts();
            return attempts.isEmpty()
                    ? Optional.empty()
                    : attempts.get(attempts.size() - 1).teardown();
        }
        if (notes.request.keep().isPresent() && stopped.isEmpty()) {
            Instant end = clock.instant().plus(notes.request.keep().get());
            site.get().keepUntil(end);
            notes.environment(Map.of(
                    "scratch kept until",
                    end.toString(),
                    "how to reach it",
                    site.get().reach()));
            return Optional.empty();
        }
        return Optional.of(remove(site.get(), notes));
    }

    private TeardownReceipt remove(Site site, Notes notes) {
        Instant from = clock.instant();
        TeardownReceipt receipt = site.remove();
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
}
