package dev.muster.schedule.fleet;

import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A tenant that may be chosen, with all that the choice depends on.
 *
 * @param since when it was called up first, or came back
 * @param passed when its newest drill that passed has ended
 * @param tried when its newest drill with a verdict began
 * @param verdict of that one
 * @param drawn the last slot for which it was drawn by lot
 * @param underWay whether a drill of it is in the queue or runs
 */
record Candidate(
        String tenant,
        Instant since,
        Optional<Instant> passed,
        Optional<Instant> tried,
        Optional<Verdict> verdict,
        Optional<Instant> drawn,
        boolean underWay) {

    /** From when the time counts within which it is to pass. */
    Instant begin() {
        return passed.orElse(since);
    }

    /** Whether its newest drill did not pass. */
    boolean failed() {
        return verdict.filter(one -> one != Verdict.PASSED).isPresent();
    }
}
