package dev.muster.catalog.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is done about a finding of a drill.
 *
 * @param id its name among those of the drill
 * @param what the finding in its own words
 * @param owner who looks after it
 * @param opened when it was first noted
 * @param closed when the finding was dealt with; absent as long as it is not
 */
public record Action(
        String drill,
        String system,
        String id,
        String what,
        Optional<String> owner,
        Instant opened,
        Optional<LocalDate> due,
        Optional<Instant> closed) {}
