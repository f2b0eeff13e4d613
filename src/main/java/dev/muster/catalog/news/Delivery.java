package dev.muster.catalog.news;

import dev.muster.drill.News;
import java.time.Instant;
import java.util.Optional;

/**
 * News for one receiver, and how far it has come.
 *
 * @param id of the news, the same for every receiver and every attempt
 * @param written when the outbox took it
 * @param due when it is tried next
 * @param attempts how often it was tried
 * @param last the latest attempt
 */
public record Delivery(
        String id,
        News news,
        String receiver,
        State state,
        Instant written,
        Instant due,
        int attempts,
        Optional<Attempt> last) {

    /** How far it has come. */
    public enum State {
        WAITING,
        DELIVERED,
        /** It was tried long enough, or the receiver wants none of it. */
        GIVEN_UP
    }
}
