package dev.muster.outlook.fleet;

import java.util.Optional;

/**
 * What can be said of all tenants of a fleet.
 *
 * @param tenants how many there are
 * @param proven how many are known to be restorable: their newest drill passed, within the time that each has
 * @param drawn how many of the steady ones were drawn by lot within that time, and drilled
 * @param bad how many of these did not pass
 * @param confidence in percent
 * @param restorable how many are at least restorable, with that confidence; absent when nothing can be claimed
 * @param words the statement, or why there is none
 * @param formula what the figure was made from, and how
 */
public record Statement(
        int tenants,
        int proven,
        int drawn,
        int bad,
        int confidence,
        Optional<Integer> restorable,
        String words,
        String formula) {

    /** The share of all tenants that is at least restorable, in tenths of a percent, rounded down. */
    public Optional<Double> percent() {
        return restorable.filter(any -> tenants > 0).map(some -> Math.floorDiv(1000L * some, tenants) / 10.0);
    }
}
