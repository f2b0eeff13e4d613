package dev.muster.catalog.news;

import static dev.muster.catalog.news.DeliveryRow.utc;

import dev.muster.catalog.Store;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** What is to be told, a row for each news and receiver. Several processes deliver from it; each row is held by one. */
public final class Outbox {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int LOOKED_AT = 5;

    private final Store store;

    public Outbox(Store store) {
        this.store = store;
    }

    /**
     * Takes news for these receivers, unless it is there already.
     *
     * @param id tells it from all other news
     * @return false when it was told, or is going to be
     */
    public boolean put(String id, News news, Collection<String> receivers, Instant now) {
        return store.work(handle -> !there(handle, id) && inserted(handle, id, news, receivers, now));
    }

    private static boolean there(Handle handle, String id) {
        return handle.createQuery("select count(*) from news where id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static boolean inserted(Handle handle, String id, News news, Collection<String> receivers, Instant now) {
        try {
            handle.useTransaction(together -> {
                DeliveryRow.insert(together, id, news);
                receivers.forEach(receiver -> together.createUpdate(
                                "insert into delivery (news, receiver, state, written, due, attempts)"
                                        + " values (:news, :receiver, 'WAITING', :now, :now, 0)")
                        .bind("news", id)
                        .bind("receiver", receiver)
                        .bind("now", utc(now))
                        .execute());
            });
            return true;
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * Gives what a receiver should have been told by now, the oldest first, to one of all who ask.
     *
     * @param holder who is going to try it
     * @param lease how long nobody else does
     */
    public Optional<Delivery> claim(String receiver, String holder, Instant now, Duration lease) {
        return store.work(handle -> handle
                .createQuery(DeliveryRow.SELECT + " where d.receiver = :receiver and d.state = 'WAITING'"
                        + " and d.due <= :now and (d.held_until is null or d.held_until <= :now)"
                        + " order by d.written, d.news fetch first :most rows only")
                .bind("receiver", receiver)
                .bind("now", utc(now))
                .bind("most", LOOKED_AT)
                .map(DeliveryRow::read)
                .list()
                .stream()
                .filter(delivery -> held(handle, delivery, holder, now, lease))
                .findFirst());
    }

    private static boolean held(Handle handle, Delivery delivery, String holder, Instant now, Duration lease) {
        return handle.createUpdate("update delivery set holder = :holder, held_until = :until where news = :news"
                                + " and receiver = :receiver and state = 'WAITING' and attempts = :attempts"
                                + " and (held_until is null or held_until <= :now)")
                        .bind("holder", holder)
                        .bind("until", utc(now.plus(lease)))
                        .bind("news", delivery.id())
                        .bind("receiver", delivery.receiver())
                        .bind("attempts", delivery.attempts())
                        .bind("now", utc(now))
                        .execute()
                == 1;
    }

    /**
     * Notes how an attempt went, and lets go of the delivery.
     *
     * @param due when it is tried again, if it is
     */
    public void attempted(Delivery delivery, Attempt attempt, Delivery.State state, Instant due) {
        store.together(handle -> {
            // Whoever held it for too long finds that another one has gone on in the meantime.
            int mine = handle.createUpdate("update delivery set state = :state, due = :due, attempts = attempts + 1,"
                            + " holder = null, held_until = null where news = :news and receiver = :receiver"
                            + " and attempts = :attempts and state = 'WAITING'")
                    .bind("state", state.name())
                    .bind("due", utc(due))
                    .bind("news", delivery.id())
                    .bind("receiver", delivery.receiver())
                    .bind("attempts", delivery.attempts())
                    .execute();
            if (mine == 1) {
                DeliveryRow.insert(handle, delivery.id(), delivery.receiver(), delivery.attempts() + 1, attempt);
            }
            return mine;
        });
    }

    /** Gives up what nobody has tried to the end, such as news for a receiver that is not in any settings any more. */
    public int giveUp(Instant writtenBefore, Instant now, Problem why) {
        List<Delivery> left = store.work(handle -> handle.createQuery(DeliveryRow.SELECT
                        + " where d.state = 'WAITING' and d.written < :before"
                        + " and (d.held_until is null or d.held_until <= :now)")
                .bind("before", utc(writtenBefore))
                .bind("now", utc(now))
                .map(DeliveryRow::read)
                .list());
        left.forEach(delivery -> attempted(
                delivery,
                new Attempt(now, Duration.ZERO, "not tried any more", Optional.of(why)),
                Delivery.State.GIVEN_UP,
                now));
        return left.size();
    }

    /** What no receiver has taken yet, and nobody has given up. */
    public Waiting waiting() {
        return store.work(handle -> handle.createQuery(
                        "select count(*) as messages, min(written) as since from delivery where state = 'WAITING'")
                .map((row, context) -> new Waiting(
                        row.getInt("messages"),
                        Optional.ofNullable(row.getObject("since", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .one());
    }

    /** The latest deliveries, newest first. */
    public List<Delivery> newest(int most) {
        return store.work(handle -> handle.createQuery(
                        DeliveryRow.SELECT + " order by d.written desc, d.news, d.receiver fetch first :most rows only")
                .bind("most", most)
                .map(DeliveryRow::read)
                .list());
    }

    /** The latest news of these kinds that was told of a system. */
    public Optional<News.Kind> latest(String system, Collection<News.Kind> kinds) {
        return store.work(
                handle -> handle.createQuery("select kind from news where system = :system and kind in (<kinds>)"
                                + " order by happened desc fetch first 1 rows only")
                        .bind("system", system)
                        .bindList("kinds", kinds.stream().map(Enum::name).toList())
                        .mapTo(String.class)
                        .findFirst()
                        .map(News.Kind::valueOf));
    }
}
