package dev.muster.ledger;

import dev.muster.drill.LedgerEvent;
import java.util.List;

/**
 * Some of the events that were looked for.
 *
 * @param all how many there are in all
 */
public record Found(List<LedgerEvent> events, int all) {
    public Found {
        events = List.copyOf(events);
    }
}
