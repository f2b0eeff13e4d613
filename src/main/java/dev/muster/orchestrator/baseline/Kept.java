package dev.muster.orchestrator.baseline;

import dev.muster.drill.Baseline;

/**
 * A baseline that lies in its vault now.
 *
 * @param key the id of the key that signed it
 */
public record Kept(Baseline baseline, String address, String sha256, String key) {}
