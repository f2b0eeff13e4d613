package dev.muster.drill;

/**
 * The three readings of one asset's recovery point; all are kept, and their disagreement is a finding.
 *
 * @param claimed what the backup says of itself
 * @param proven the point up to which everything committed is there
 * @param seen the newest business row or file that came back
 */
public record Readings(Reading claimed, Reading proven, Reading seen) {

    public Readings withProven(Reading reading) {
        return new Readings(claimed, reading, seen);
    }

    public Readings withSeen(Reading reading) {
        return new Readings(claimed, proven, reading);
    }
}
