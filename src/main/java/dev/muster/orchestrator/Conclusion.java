package dev.muster.orchestrator;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a drill ended and where its evidence lies.
 *
 * @param bundle absent when the evidence could not be written, which {@code troubles} then explains
 */
public record Conclusion(DrillRecord record, Optional<Path> bundle, Optional<Path> report, List<Problem> troubles) {
    public Conclusion {
        troubles = List.copyOf(troubles);
    }
}
