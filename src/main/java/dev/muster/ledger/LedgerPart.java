package dev.muster.ledger;

import java.util.List;

/**
 * What the ledger holds of a period, for whoever has no ledger.
 *
 * @param excerpt every line of the period, and one more at each edge where there is one, so that none can be cut off
 *     there unnoticed
 * @param steps from a checkpoint of before, over that of the last line, to one of now: each begins where the one before
 *     it ends
 */
public record LedgerPart(Excerpt excerpt, List<Consistency> steps) {
    public LedgerPart {
        steps = List.copyOf(steps);
    }

    /** What the ledger was when this was taken from it. */
    public Checkpoint now() {
        return steps.get(steps.size() - 1).later();
    }
}
