package dev.muster.orchestrator;

import dev.muster.check.Checks;
import dev.muster.check.Subject;
import dev.muster.check.application.Applications;
import dev.muster.check.application.Startup;
import dev.muster.check.comparison.Background;
import dev.muster.check.erasure.ErasedStayErased;
import dev.muster.check.workflow.Workflows;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.Verdict;
import dev.muster.restore.RestoreOutcome;
import dev.muster.restore.Restorer;
import dev.muster.restore.neutralise.Neutraliser;
import dev.muster.scratch.Database;
import dev.muster.scratch.Scratch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** Carries out the steps of a runbook in one scratch. A step whose ground is missing is noted as not run. */
final class StepRunner implements Step.Cases<Callable<Void>> {
    private final Notes notes;
    private final Scratch scratch;
    private final Stages stages;
    private final Restorer restorer;
    private final Neutraliser neutraliser;
    private final ErasureReplay erasureReplay;
    private final Checks checks;
    private final Applications applications;
    private final Probes probes;
    private final Outside outside;
    private final BiConsumer<Asset, RestoreOutcome> restored;
    private final Clock clock;
    private final Progress progress;
    /** What the steps after a start work with; volatile since each step has a thread of its own. */
    private volatile Optional<Workflows> workflows = Optional.empty();

    /** @param restored told of each asset as soon as it is restored, before anything is changed in it */
    StepRunner(
            Notes notes,
            Scratch scratch,
            Stages stages,
            Restorer restorer,
            Neutraliser neutraliser,
            ErasureReplay erasureReplay,
            Checks checks,
            Applications applications,
            Probes probes,
            Outside outside,
            BiConsumer<Asset, RestoreOutcome> restored,
            Clock clock,
            Progress progress) {
        this.notes = notes;
        this.scratch = scratch;
        this.stages = stages;
        this.restorer = restorer;
        this.neutraliser = neutraliser;
        this.erasureReplay = erasureReplay;
        this.checks = checks;
        this.applications = applications;
        this.probes = probes;
        this.outside = outside;
        this.restored = restored;
        this.clock = clock;
        this.progress = progress;
    }

    void carryOut(List<Step> steps) throws Exception {
        for (Step step : steps) {
            stages.run(step.stage(), step.match(this));
        }
    }

    @Override
    public Callable<Void> together(Step.Together step) {
        List<Callable<Void>> works = new ArrayList<>();
        step.steps().forEach(each -> works.add(each.match(this)));
        return () -> {
            stages.together(works);
            return null;
        };
    }

    @Override
    public Callable<Void> restore(Step.Restore step) {
        return timed(step, () -> {
            Asset asset = step.asset();
            Backup backup = notes.recoveryPoint()
                    .map(point -> point.backups().get(asset))
                    .orElseThrow();
            if (step.with().isPresent()) {
                noted(asset, restorer.recovered(step, backup, scratch, outside, notes.request.disaster()));
                return null;
            }
            Path fetched = notes.fetched(backup.source().within().orElse(asset)).orElseThrow();
            RestoreOutcome outcome = restorer.restore(
                    step.label(),
                    backup,
                    fetched,
                    scratch,
                    notes.request.runbook().scratch().postgres(),
                    notes.request.disaster(),
                    progress);
            noted(asset, outcome);
            return null;
        });
    }

    private void noted(Asset asset, RestoreOutcome outcome) throws Exception {
        notes.restored(asset, outcome);
        restored.accept(asset, outcome);
        recovered(asset, outcome);
        new WalkBack(notes).from(asset, outcome.checks());
    }

    /** The replay of a log is a stage of its own, though it is no step of its own. */
    private void recovered(Asset asset, RestoreOutcome outcome) {
        outcome.checks().stream()
                .filter(check -> check.name().equals(Restorer.RECOVERED))
                .forEach(check ->
                        notes.worked(Stage.RECOVER, "recover: " + asset.label(), check.started(), check.finished()));
    }

    @Override
    public Callable<Void> neutralise(Step.Neutralise step) {
        return timed(step, () -> {
            Optional<Database> database = notes.database().filter(any -> notes.cameBack(Asset.DATABASE));
            if (database.isEmpty()) {
                notRun(step, "neutralise", Asset.DATABASE);
            } else {
                notes.written(Neutraliser.written());
                notes.checked(List.of(neutraliser.neutralise(step.profile(), step.label(), database.get())));
            }
            return null;
        });
    }

    @Override
    public Callable<Void> erase(Step.Erase step) {
        return timed(step, () -> {
            if (notes.database().isEmpty() || !notes.cameBack(Asset.DATABASE)) {
                notRun(step, ErasedStayErased.NAME, Asset.DATABASE);
            } else {
                notes.checked(List.of(erasureReplay.run(step, step.label(), subject(Background.none()), progress)));
            }
            return null;
        });
    }

    @Override
    public Callable<Void> check(Step.Check step) {
        return timed(step, () -> {
            if (step.name().equals(VaultQuestion.GROUP)) {
                notes.checked(outside.askVaults());
                return null;
            }
            if (checks.askDatabase(step)
                    && notes.readings().containsKey(Asset.DATABASE)
                    && !notes.cameBack(Asset.DATABASE)) {
                notRun(step, step.name(), Asset.DATABASE);
                return null;
            }
            Background background = new Backgrounds(notes, outside).gather(checks.lookBack(step));
            notes.checked(checks.run(step, subject(background), progress));
            return null;
        });
    }

    @Override
    public Callable<Void> probe(Step.Probe step) {
        return timed(step, () -> {
            outside.cutOff();
            notes.checked(List.of(probes.run(step, scratch, notes.request.runbook())));
            return null;
        });
    }

    @Override
    public Callable<Void> start(Step.Start step) {
        return timed(step, () -> {
            Optional<Asset> missing = List.of(Asset.DATABASE, Asset.FILESTORE).stream()
                    .filter(asset -> notes.readings().containsKey(asset) && !notes.cameBack(asset))
                    .findFirst();
            if (missing.isPresent()) {
                notRun(step, Applications.CHECK, missing.get());
            } else if (!notes.neutralised()) {
                notRun(
                        step,
                        Applications.CHECK,
                        "the restored data can still reach out",
                        "Look at the problem of the check neutralised first.");
            } else {
                outside.cutOff();
                Startup startup =
                        applications.start(step.application(), subject(Background.none()), scratch, outside, progress);
                notes.checked(List.of(startup.result()));
                workflows = startup.started().map(started -> new Workflows(started, clock));
            }
            return null;
        });
    }

    @Override
    public Callable<Void> workflow(Step.Work step) {
        return timed(step, () -> {
            if (workflows.isEmpty()) {
                notRun(
                        step,
                        step.workflow().name(),
                        "no application is up",
                        "Look at the problem of the check " + Applications.CHECK + " first.");
            } else {
                notes.checked(List.of(workflows.get().run(step.workflow(), progress)));
            }
            return null;
        });
    }

    private Subject subject(Background background) {
        return new Subject(
                notes.request.runbook(),
                notes.database(),
                notes.folder(Asset.FILESTORE),
                notes.folder(Asset.CONFIGURATION),
                notes.request.disaster(),
                notes.readings(),
                background);
    }

    private Callable<Void> timed(Step step, Callable<Void> work) {
        return notes.timed(clock, step.stage(), step.label(), work);
    }

    private void notRun(Step step, String name, Asset missing) {
        notRun(
                step,
                name,
                "the " + missing.label() + " did not come back",
                "Look at the problem of \"restore: " + missing.label() + "\" first.");
    }

    private void notRun(Step step, String name, String why, String remedy) {
        Instant now = clock.instant();
        Problem problem = new Problem(
                "The step \"" + step.label() + "\" was not run, because " + why,
                notes.request.runbook().file(),
                remedy);
        notes.checked(List.of(new CheckResult(
                name, step.label(), Verdict.COULD_NOT_RUN, now, now, Map.of(), Optional.of(problem), List.of())));
    }
}
