package dev.muster.outlook.management;

import dev.muster.drill.Criticality;
import dev.muster.drill.Objectives;
import dev.muster.drill.ProcessFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a business process is proven recoverable, and by what.
 *
 * @param process absent where a system has no processes of its own, and is one as a whole
 * @param criticality the highest that a runbook of it declares
 * @param objectives what is promised today
 * @param every the longest time that may pass between two proofs, where that is promised
 * @param proof the newest drill that passed and measured the process within its targets
 * @param unbrokenSince the first of the drills up to that one between which no proof was late and no drill failed
 * @param failed the newest drill that failed after the proof
 * @param last the newest drill of the twelve months that came to a verdict, whichever
 */
public record ProcessProof(
        String system,
        Optional<String> process,
        Optional<Criticality> criticality,
        Objectives objectives,
        Optional<Duration> every,
        State state,
        Optional<Proof> proof,
        Optional<Instant> unbrokenSince,
        Optional<PastDrill> failed,
        Optional<PastDrill> last) {

    /** How it stands, the worst first. */
    public enum State {
        NEVER_PROVEN,
        /** It was proven once, and a drill failed since. */
        FAILED_SINCE,
        OVERDUE,
        /** What would run now is not what was proven. */
        NOT_PROVEN_SINCE_CHANGE,
        /** It was proven, but nobody promised how often it would be. */
        NO_PROMISE,
        PROVEN
    }

    /** A drill that passed, with what it measured of the process. */
    public record Proof(PastDrill drill, ProcessFigures figures) {
        boolean holds() {
            return met(figures.rpo().met()) && met(figures.rto().met());
        }

        private static boolean met(Optional<Boolean> result) {
            return result.equals(Optional.of(true));
        }
    }
}
