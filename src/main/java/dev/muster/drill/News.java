package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that those who answer for a system should hear of.
 *
 * @param subject what it is about: a system, a scratch, a key
 * @param what it, in a sentence
 * @param problem what is to be done about it; absent when it is good news
 */
public record News(
        Kind kind,
        String subject,
        Optional<String> system,
        Optional<String> drill,
        Instant at,
        String what,
        Optional<Problem> problem) {

    /** What kind of news it is. */
    public enum Kind {
        FAILED,
        COULD_NOT_RUN,
        ABORTED,
        PASSED,
        /** It passed, and the drill before it had not. */
        PASSED_AGAIN,
        MISSED,
        OVERDUE,
        LEFT_BEHIND,
        /** A certificate or a key that soon cannot be used any more. */
        EXPIRING
    }
}
