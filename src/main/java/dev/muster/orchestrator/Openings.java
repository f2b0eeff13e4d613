package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.Opening;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a drill wishes of its scratch: how large, where it has to get at, and which secrets it needs there. */
public final class Openings {
    private final Vaults vaults;
    private final Map<String, URI> endpoints;
    private final ScratchSecrets secrets;

    /** @param endpoints where vaults answer from within the cluster, for those that have another address there */
    public Openings(Vaults vaults, Map<String, URI> endpoints, ScratchSecrets secrets) {
        this.vaults = vaults;
        this.endpoints = Map.copyOf(endpoints);
        this.secrets = secrets;
    }

    Opening of(String drill, Runbook runbook, long bytes, Progress progress) throws InterruptedException {
        ScratchPlan plan = runbook.scratch();
        // What is fetched into a scratch on this machine is fetched from outside of it.
        Map<String, Secret> needed = plan.on() == ScratchPlan.Placement.LOCAL ? Map.of() : secrets.of(runbook);
        return new Opening(drill, runbook.system(), plan, bytes, reaches(runbook), needed, progress);
    }

    private List<Endpoint> reaches(Runbook runbook) {
        return runbook.backups().values().stream()
                .map(BackupSource::vault)
                .distinct()
                .map(vault -> Optional.ofNullable(endpoints.get(vault))
                        .flatMap(inside -> Endpoint.of(inside.toString()))
                        .orElseGet(() -> vaults.endpoint(vault)))
                .toList();
    }
}
