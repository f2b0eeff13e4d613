package dev.muster.orchestrator.remote;

import dev.muster.backup.VaultSettings;
import dev.muster.orchestrator.WorkOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An order, with what it takes to carry it out.
 *
 * @param vaults where the backups lie, and how they are opened
 * @param secrets what else is to be opened
 * @param programs where programs lie that applications are started by
 */
public record Task(WorkOrder order, List<VaultSettings> vaults, WorkerSecrets secrets, Map<String, Path> programs) {
    public Task {
        vaults = List.copyOf(vaults);
        programs = Collections.unmodifiableMap(new TreeMap<>(programs));
    }
}
