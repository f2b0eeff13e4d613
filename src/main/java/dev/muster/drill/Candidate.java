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
        Asset asset, StoredObject object, Reading claimed, boolean complete, boolean chosen, String reason) {
    /** What is known of the instant of one whose name already ruled it out. */
    public static final Reading NOT_LOOKED_INTO = Reading.none("not looked into");

    /** Whether it was looked into and found to be no backup that could be restored. */
    public boolean broken() {
        return !complete && !claimed.equals(NOT_LOOKED_INTO);
    }
}
