package dev.muster.catalog.people;

import static dev.muster.catalog.people.Cells.utc;

import dev.muster.catalog.Store;
import java.time.Instant;
import java.util.List;

/** How often something happened in an hour that happens too often to be noted each time. */
public final class Counts {
    private final Store store;

    Counts(Store store) {
        this.store = store;
    }

    /** So many times in the hour that begins here. */
    public record Row(String subject, Instant hour, int times) {}

    /** Counts once more; how often it is now. */
    public int count(String subject, Instant hour) {
        store.work(handle -> Insertion.unlessThere(
                handle.createUpdate("insert into audit_count (subject, since, times) values (:subject, :hour, 0)")
                        .bind("subject", subject)
                        .bind("hour", utc(hour))));
        return store.together(handle -> {
            handle.createUpdate("update audit_count set times = times + 1 where subject = :subject and since = :hour")
                    .bind("subject", subject)
                    .bind("hour", utc(hour))
                    .execute();
            return handle.createQuery("select times from audit_count where subject = :subject and since = :hour")
                    .bind("subject", subject)
                    .bind("hour", utc(hour))
                    .mapTo(Integer.class)
                    .one();
        });
    }

    /** Takes out what was counted in hours before this one; nobody gets it a second time. */
    public List<Row> takeBefore(Instant hour) {
        return store.together(handle -> handle
                .createQuery(
                        "select subject, since, times from audit_count where since < :hour order by since, subject")
                .bind("hour", utc(hour))
                .map((row, context) ->
                        new Row(row.getString("subject"), Cells.instant(row, "since"), row.getInt("times")))
                .list()
                .stream()
                .filter(row -> handle.createUpdate("delete from audit_count where subject = :subject and since = :hour")
                                .bind("subject", row.subject())
                                .bind("hour", utc(row.hour()))
                                .execute()
                        == 1)
                .toList());
    }
}
