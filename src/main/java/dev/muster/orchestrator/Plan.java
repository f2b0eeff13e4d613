package dev.muster.orchestrator;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryPoint;
import java.util.List;

/**
 * What a drill would use and take.
 *
 * @param bytes how much would be fetched
 * @param server the PostgreSQL server that would run
 * @param manifests what would be applied to a cluster, each as YAML; empty for a scratch on this machine
 * @param obstacles what would stop the drill, as far as can be seen beforehand
 */
public record Plan(
        DrillRequest request,
        RecoveryPoint point,
        long bytes,
        String server,
        List<String> steps,
        List<String> manifests,
        List<Problem> obstacles) {
    public Plan {
        steps = List.copyOf(steps);
        manifests = List.copyOf(manifests);
        obstacles = List.copyOf(obstacles);
    }
}
