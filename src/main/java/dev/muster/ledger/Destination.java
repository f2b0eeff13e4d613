package dev.muster.ledger;

/** A place outside of this installation: what lies there, whoever keeps the ledger cannot change unnoticed. */
public interface Destination {
    /** What it is called in messages, without any secret; no two have one name. */
    String name();

    /**
     * Puts a checkpoint there. Putting the same one twice is no trouble.
     *
     * @throws dev.muster.drill.CouldNotRun when it does not lie there now
     */
    void put(Checkpoint checkpoint) throws InterruptedException;
}
