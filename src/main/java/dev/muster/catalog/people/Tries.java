package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;

/** How often somebody tried in vain, and from when on they may try again. */
public final class Tries {
    private final Store store;

    Tries(Store store) {
        this.store = store;
    }

    private record Row(String subject, int failed, Instant tried, Instant again) {}

    /**
     * Takes a try for each of these, counted as failed before it is made, so that many at once are no more than one after
     * the other.
     *
     * @param pause how long to wait after so many
     * @param memory after so long without a try all are forgotten
     * @return absent when it may be made; else when it may
     */
    public Optional<Instant> take(List<String> subjects, Instant now, IntFunction<Duration> pause, Duration memory) {
        subjects.forEach(subject -> store.work(handle -> Insertion.unlessThere(handle.createUpdate(
                        "insert into sign_in_try (subject, failed, tried, again) values (:subject, 0, :now, :now)")
                .bind("subject", subject)
                .bind("now", utc(now)))));
        return store.together(handle -> {
            List<Row> rows = subjects.stream()
                    .sorted()
                    .map(subject -> lock(handle, subject))
                    .toList();
            Optional<Instant> wait = rows.stream()
                    .map(Row::again)
                    .filter(again -> again.isAfter(now))
                    .max(Instant::compareTo);
            if (wait.isEmpty()) {
                rows.forEach(row -> {
                    int failed = row.tried().plus(memory).isBefore(now) ? 1 : row.failed() + 1;
                    count(handle, new Row(row.subject(), failed, now, now.plus(pause.apply(failed))));
                });
            }
            return wait;
        });
    }

    /** The tries of these were not in vain. */
    public void forget(List<String> subjects) {
        store.together(handle -> {
            subjects.forEach(subject -> handle.createUpdate("delete from sign_in_try where subject = :subject")
                    .bind("subject", subject)
                    .execute());
            return subjects;
        });
    }

    public int forgetOlder(Instant than) {
        return store.work(handle -> handle.createUpdate("delete from sign_in_try where tried < :than")
                .bind("than", utc(than))
                .execute());
    }

    private static Row lock(Handle handle, String subject) {
        return handle.createQuery(
                        "select subject, failed, tried, again from sign_in_try where subject = :subject for update")
                .bind("subject", subject)
                .map((row, context) -> new Row(
                        row.getString("subject"),
                        row.getInt("failed"),
                        Cells.instant(row, "tried"),
                        Cells.instant(row, "again")))
                .one();
    }

    private static void count(Handle handle, Row row) {
        handle.createUpdate("update sign_in_try set failed = :failed, tried = :tried, again = :again"
                        + " where subject = :subject")
                .bind("subject", row.subject())
                .bind("failed", row.failed())
                .bind("tried", utc(row.tried()))
                .bind("again", utc(row.again()))
                .execute();
    }
}
