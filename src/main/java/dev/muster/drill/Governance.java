package dev.muster.drill;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people have declared about a drill beside its work; whatever is empty was not declared.
 *
 * @param covers what the drill is meant to show, in sentences
 * @param exclusions what it is not meant to show, in sentences
 * @param assumptions what is taken to be so, in sentences
 * @param retain how long the evidence has to be kept
 * @param provenEvery the longest time that may pass between two drills of the system that passed
 * @param approvalRequired whether somebody other than who asks has to agree before a drill begins
 * @param expected how long each stage is expected to take; a deadline is another thing
 */
public record Governance(
        Optional<Criticality> criticality,
        List<String> covers,
        List<String> exclusions,
        List<String> assumptions,
        Classification classification,
        Optional<Period> retain,
        Optional<String> planner,
        Optional<String> reviewer,
        Optional<Approval> approved,
        Optional<Duration> provenEvery,
        boolean approvalRequired,
        Map<Stage, Duration> expected) {

    /** Nothing was declared. */
    public static final Governance NOT_DECLARED = new Governance(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Classification.INTERNAL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of());

    public Governance {
        covers = List.copyOf(covers);
        exclusions = List.copyOf(exclusions);
        assumptions = List.copyOf(assumptions);
        expected = Collections.unmodifiableMap(new TreeMap<>(expected));
    }

    /** Who has agreed to objectives and plan, and when. */
    public record Approval(String by, LocalDate on) {}
}
