package dev.muster.drill;

import java.util.List;
import java.util.Optional;

/**
 * A business process with its own objectives.
 *
 * @param watermark a query for the newest row of the process, as one instant
 * @param proof the steps or checks that must pass before the process counts as recovered; empty means all
 */
public record BusinessProcess(String name, Objectives objectives, Optional<String> watermark, List<String> proof) {
    public BusinessProcess {
        proof = List.copyOf(proof);
    }
}
