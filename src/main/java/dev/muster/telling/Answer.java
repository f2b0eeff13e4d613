package dev.muster.telling;

import dev.muster.drill.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of one try to tell a receiver.
 *
 * @param said what the receiver said, shortly
 * @param problem why it does not have the news; absent when it does
 * @param lasting whether another try will most likely end the same
 * @param pause how long the receiver asks to be left alone
 */
public record Answer(String said, Optional<Problem> problem, boolean lasting, Optional<Duration> pause) {
    /** It has the news. */
    public static Answer taken(String said) {
        return new Answer(said, Optional.empty(), false, Optional.empty());
    }

    /** It does not have it, and may take it later. */
    public static Answer notNow(String said, Problem problem) {
        return new Answer(said, Optional.of(problem), false, Optional.empty());
    }

    /** It does not want it as it is. */
    public static Answer refused(String said, Problem problem) {
        return new Answer(said, Optional.of(problem), true, Optional.empty());
    }

    /** The same, after a pause that the receiver asked for. */
    public Answer after(Optional<Duration> asked) {
        return new Answer(said, problem, lasting, asked);
    }
}
