package dev.muster.catalog.fleet;

import dev.muster.drill.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was chosen for a slot of a fleet.
 *
 * @param id also the name of the slot's drill
 * @param digest SHA-256 of the basis
 * @param basis all that the choice was made from, as JSON
 * @param refused names that no tenant can have, as they can be shown
 * @param duplicates how many names came more than once
 * @param vanished the tenants that were there for the slot before, and are not now
 * @param problem why nothing could be chosen
 */
public record Sample(
        String id,
        String fleet,
        Instant slot,
        Instant made,
        String seed,
        String digest,
        String basis,
        List<String> refused,
        int duplicates,
        List<String> vanished,
        List<Choice> choices,
        Optional<Problem> problem) {
    public Sample {
        refused = List.copyOf(refused);
        vanished = List.copyOf(vanished);
        choices = List.copyOf(choices);
    }
}
