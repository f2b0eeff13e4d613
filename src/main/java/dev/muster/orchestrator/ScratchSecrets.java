package dev.muster.orchestrator;

import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import java.util.Map;

/** The secrets that the scratch of a drill may know, and no other drill's. */
public interface ScratchSecrets {

    /** By names of letters, digits, points and hyphens. */
    Map<String, Secret> of(Runbook runbook) throws InterruptedException;
}
