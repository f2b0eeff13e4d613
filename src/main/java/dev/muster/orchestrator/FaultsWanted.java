package dev.muster.orchestrator;

import dev.muster.drill.Runbook;
import dev.muster.orchestrator.fault.Faults;
import dev.muster.orchestrator.fault.Injection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which faults the checks of a drill are put to the proof with.
 *
 * @param seed what every choice is drawn with
 * @param only the names of the ones that are wanted; empty means all
 */
public record FaultsWanted(long seed, Set<String> only) {
    public FaultsWanted {
        only = Set.copyOf(only);
    }

    List<Injection> of(Runbook runbook) {
        return Faults.of(runbook).stream()
                .filter(one -> only.isEmpty() || only.contains(one.fault().name()))
                .toList();
    }

    /** What the ledger is told beforehand. */
    Map<String, String> details() {
        return Map.of(
                "kind",
                "proof",
                "fault seed",
                Long.toString(seed),
                "faults",
                only.isEmpty()
                        ? "all"
                        : String.join(", ", only.stream().sorted().toList()));
    }
}
