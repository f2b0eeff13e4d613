package dev.muster.outlook.management;

import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;

/**
 * How restore tests went.
 *
 * @param missed slots that passed without a drill
 * @param forbidden slots in which no drill was allowed
 */
public record Restores(int passed, int failed, int couldNotRun, int aborted, int missed, int forbidden) {
    static final Restores NONE = new Restores(0, 0, 0, 0, 0, 0);

    static Restores of(Verdict verdict) {
        return new Restores(
                verdict == Verdict.PASSED ? 1 : 0,
                verdict == Verdict.FAILED ? 1 : 0,
                verdict == Verdict.COULD_NOT_RUN ? 1 : 0,
                verdict == Verdict.ABORTED ? 1 : 0,
                0,
                0);
    }

    static Restores without(Slot.State state) {
        return new Restores(0, 0, 0, 0, state == Slot.State.MISSED ? 1 : 0, state == Slot.State.FORBIDDEN ? 1 : 0);
    }

    /** How many drills came to a verdict, whichever. */
    public int ended() {
        return passed + failed + couldNotRun + aborted;
    }

    /** Those that passed, of all that ended. */
    public Share rate() {
        return new Share(passed, ended());
    }

    Restores plus(Restores other) {
        return new Restores(
                passed + other.passed,
                failed + other.failed,
                couldNotRun + other.couldNotRun,
                aborted + other.aborted,
                missed + other.missed,
                forbidden + other.forbidden);
    }
}
