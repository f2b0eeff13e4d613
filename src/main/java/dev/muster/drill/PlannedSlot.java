package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * A moment at which a runbook is due by its schedule.
 *
 * @param starts when its drill starts: the moment it is due, and the jitter
 * @param forbidden the window in which it lies, so that no drill starts
 */
public record PlannedSlot(String runbook, String system, Instant due, Instant starts, Optional<String> forbidden) {

    /** The slot as long as nothing has become of it. */
    public Slot slot() {
        return new Slot(
                runbook,
                system,
                due,
                forbidden.isPresent() ? Slot.State.FORBIDDEN : Slot.State.COMING,
                forbidden,
                Optional.empty());
    }
}
