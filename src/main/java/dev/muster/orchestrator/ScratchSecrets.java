package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import java.util.Map;

/** The secrets that the scratch of a drill may know, and no other drill's. */
public interface ScratchSecrets {

    /**
     * By names of letters, digits, points and hyphens.
     *
     * @param keys what opens the vaults, by their names
     */
    Map<String, Secret> of(Runbook runbook, Map<String, VaultKeys> keys);
}
