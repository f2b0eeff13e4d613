package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Progress;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Secret;
import java.util.List;
import java.util.Map;

/**
 * A wish for a scratch.
 *
 * @param bytes how many bytes of backups are fetched into it
 * @param reaches where it has to get at while it fetches, and at nothing else
 * @param secrets what a worker in it needs to fetch and decrypt, by names of letters, digits, points and hyphens
 * @param progress told of how far it is
 */
public record Opening(
        String drill,
        String system,
        ScratchPlan plan,
        long bytes,
        List<Endpoint> reaches,
        Map<String, Secret> secrets,
        Progress progress) {
    public Opening {
        reaches = List.copyOf(reaches);
        secrets = Map.copyOf(secrets);
    }

    /** A scratch on this machine, which fetches nothing by itself. */
    public Opening(String drill, ScratchPlan plan) {
        this(drill, "", plan, 0, List.of(), Map.of(), Progress.SILENT);
    }
}
