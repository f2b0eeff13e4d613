package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * The three readings of one asset's recovery point; all are kept, and their disagreement is a finding.
 *
 * @param claimed what the backup says of itself
 * @param proven the point up to which everything committed is there
 * @param seen the newest business row or file that came back
 */
public record Readings(Reading claimed, Reading proven, Reading seen) {

    /** The instant that the asset is good for as far as anything says so: proven, else claimed. */
    public Optional<Instant> known() {
        return proven.at().or(claimed::at);
    }

    public Readings withProven(Reading reading) {
        return new Readings(claimed, reading, seen);
    }

    public Readings withSeen(Reading reading) {
        return new Readings(claimed, proven, reading);
    }
}
