package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a drill wishes of its scratch: how large, where it has to get at, and which secrets it needs there. */
public final class Openings {
    private static final VaultKeys TO_COME =
            new VaultKeys(new Secret(""), new Secret(""), Optional.of(new Secret("")), Optional.empty());

    private final Vaults vaults;
    private final Map<String, URI> endpoints;
    private final ScratchSecrets secrets;

    /** @param endpoints where vaults answer from within the cluster, for those that have another address there */
    public Openings(Vaults vaults, Map<String, URI> endpoints, ScratchSecrets secrets) {
        this.vaults = vaults;
        this.endpoints = Map.copyOf(endpoints);
        this.secrets = secrets;
    }

    /** @param keys what opens the vaults from within */
    Opening of(String drill, Runbook runbook, Map<String, VaultKeys> keys, long bytes, Progress progress) {
        ScratchPlan plan = runbook.scratch();
        Map<String, Secret> needed = plan.on() == ScratchPlan.Placement.LOCAL ? Map.of() : secrets.of(runbook, keys);
        return new Opening(drill, runbook.system(), plan, bytes, reaches(runbook), needed, progress);
    }

    /** What opens the vaults from within the scratch of a drill, by the vaults' names. */
    Map<String, VaultKeys> keys(String drill, Runbook runbook) throws InterruptedException {
        Map<String, VaultKeys> keys = new TreeMap<>();
        for (String vault : opened(runbook)) {
            keys.put(vault, vaults.keys(vault, drill, runbook));
        }
        return keys;
    }

    /** The same for a drill that may never be: keys that would only be made for it are blank. */
    Map<String, VaultKeys> keysToCome(String drill, Runbook runbook) throws InterruptedException {
        Map<String, VaultKeys> keys = new TreeMap<>();
        for (String vault : opened(runbook)) {
            boolean made = vaults.settings(vault).session().isPresent();
            keys.put(vault, made ? TO_COME : vaults.keys(vault, drill, runbook));
        }
        return keys;
    }

    /** What is fetched into a scratch on this machine is fetched from outside of it. */
    private static Set<String> opened(Runbook runbook) {
        return runbook.scratch().on() == ScratchPlan.Placement.LOCAL
                ? Set.of()
                : runbook.backups().values().stream().map(BackupSource::vault).collect(Collectors.toSet());
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
