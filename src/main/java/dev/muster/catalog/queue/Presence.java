package dev.muster.catalog.queue;

import dev.muster.catalog.Store;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which processes are there. The database's own clock says since when one was not heard of. */
public final class Presence {
    private final Store store;

    public Presence(Store store) {
        this.store = store;
    }

    /**
     * A process.
     *
     * @param address where its pages are
     * @param silent whether it has not been heard of for so long that it must be gone, wherever it runs
     */
    public record Present(String name, String address, Instant began, Instant seen, boolean silent) {}

    /** A process is there from now on. */
    public void arrive(String process, String address) {
        store.together(handle -> {
            forget(handle, process);
            return handle.createUpdate("insert into process (name, address, began, seen)"
                            + " values (:name, :address, current_timestamp, current_timestamp)")
                    .bind("name", process)
                    .bind("address", address)
                    .execute();
        });
    }

    /** A process is still there; false when others have taken it for gone. */
    public boolean stay(String process) {
        return store.work(
                handle -> handle.createUpdate("update process set seen = current_timestamp where name = :name")
                                .bind("name", process)
                                .execute()
                        > 0);
    }

    public void leave(String process) {
        store.work(handle -> forget(handle, process));
    }

    public List<Present> all() {
        return store.work(handle -> handle.createQuery(
                        "select name, address, began, seen,"
                                + " seen < current_timestamp - interval '60' second as silent from process order by began, name")
                .map((row, context) -> new Present(
                        row.getString("name"),
                        row.getString("address"),
                        QueuedRow.instant(row, "began").orElseThrow(),
                        QueuedRow.instant(row, "seen").orElseThrow(),
                        row.getBoolean("silent")))
                .list());
    }

    static boolean forget(Handle handle, String process) {
        return handle.createUpdate("delete from process where name = :name")
                        .bind("name", process)
                        .execute()
                > 0;
    }
}
