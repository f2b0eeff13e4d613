package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.Application;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Step;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Served;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What is had beside a scratch, by what the runbook says of it: those who work within name it, and have no say in what it
 * is.
 */
final class BesideScratch implements Beside {
    private final Notes notes;
    private final Vaults vaults;
    private final Companions companions;
    private final Progress progress;

    BesideScratch(Notes notes, Vaults vaults, Companions companions, Progress progress) {
        this.notes = notes;
        this.vaults = vaults;
        this.companions = companions;
        this.progress = progress;
    }

    @Override
    public Secret password() {
        throw new IllegalStateException("only those who work in a scratch elsewhere ask for it");
    }

    @Override
    public Served start(String application, Map<String, String> blanks, OptionalInt port) throws InterruptedException {
        Application wanted = runbook().steps().stream()
                .filter(Step.Start.class::isInstance)
                .map(step -> ((Step.Start) step).application())
                .filter(one -> one.name().equals(application))
                .findFirst()
                .orElseThrow(() -> unknown("the application " + application));
        return companions.start(
                wanted.ensemble().orElseThrow(() -> unknown("manifests of the application " + application)),
                blanks,
                port,
                wanted.within(),
                progress);
    }

    @Override
    public Served recover(RecoveryTarget target) throws InterruptedException {
        OperatorPlan plan = runbook().operator(Asset.DATABASE).orElseThrow(() -> unknown("an operator"));
        Backup backup = notes.recoveryPoint()
                .map(point -> point.backups().get(Asset.DATABASE))
                .orElseThrow(() -> unknown("a backup of the database"));
        String vault = backup.source().vault();
        return companions.recover(
                new WishedServer(
                                plan, runbook().scratch().postgres(), backup, vaults.settings(vault), notes.keys(vault))
                        .upTo(target),
                progress);
    }

    private Runbook runbook() {
        return notes.request.runbook();
    }

    private CouldNotRun unknown(String what) {
        return new CouldNotRun(new Problem(
                "Somebody in the scratch asked for " + what + ", of which the runbook says nothing",
                runbook().file(),
                "If it is not this Muster's own worker, find out what ran there; then run the drill again."));
    }
}
