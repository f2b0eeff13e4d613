package dev.muster.orchestrator;

import dev.muster.drill.Attempt;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.RecoveryPoint;
import java.time.Instant;
import java.util.List;

/**
 * What is to be done in a scratch on another machine.
 *
 * @param planned when the drill was planned
 * @param end when the drill's time is over
 * @param attempts what the drill has tried before this
 */
public record WorkOrder(
        String drill,
        DrillRequest request,
        Instant planned,
        Instant end,
        RecoveryPoint recoveryPoint,
        List<Attempt> attempts) {
    public WorkOrder {
        attempts = List.copyOf(attempts);
    }
}
