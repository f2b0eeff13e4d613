package dev.muster.drill;

/**
 * A backup that was looked at when the recovery point was chosen.
 *
 * @param claimed the instant it says it is good for
 * @param complete whether it looks complete from outside
 * @param chosen whether the drill restores it
 * @param reason why it was chosen or passed over, in a sentence
 */
public record Candidate(
        Asset asset, StoredObject object, Reading claimed, boolean complete, boolean chosen, String reason) {}
