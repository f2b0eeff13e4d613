package dev.muster.ledger;

/** Somebody else who remembers what the ledger was, and co-signs only what goes on from there. */
public interface Witness {
    /** What it is called in messages. */
    String name();

    /**
     * The checkpoint with the witness's signature added.
     *
     * @throws dev.muster.drill.CouldNotRun when it does not sign, above all because it remembers another ledger
     */
    Checkpoint cosign(Checkpoint checkpoint, Ledger ledger) throws InterruptedException;
}
