package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.check.isolation.NoWayOut;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.scratch.Scratch;
import java.util.List;

/** Probes the scratch itself, knowing where the runbook's backups lie. */
final class Probes {
    private final Vaults vaults;
    private final NoWayOut noWayOut;

    Probes(Vaults vaults, NoWayOut noWayOut) {
        this.vaults = vaults;
        this.noWayOut = noWayOut;
    }

    CheckResult run(Step.Probe step, Scratch scratch, Runbook runbook) throws InterruptedException {
        List<Endpoint> endpoints = runbook.backups().values().stream()
                .map(BackupSource::vault)
                .distinct()
                .map(vaults::endpoint)
                .toList();
        return noWayOut.probe(step, scratch, endpoints);
    }
}
