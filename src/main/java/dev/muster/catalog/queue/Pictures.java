package dev.muster.catalog.queue;

import dev.muster.catalog.Store;
import dev.muster.drill.LiveDrill;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How the drills of all processes looked last. */
public final class Pictures {
    private final Store store;

    public Pictures(Store store) {
        this.store = store;
    }

    public void keep(LiveDrill picture) {
        Map<String, Object> values =
                Map.of("drill", picture.drill(), "at", QueuedRow.utc(picture.at()), "picture", WrittenJson.of(picture));
        store.together(handle -> {
            int changed = handle.createUpdate("update live set at = :at, picture = :picture where drill = :drill")
                    .bindMap(values)
                    .execute();
            return changed > 0
                    ? changed
                    : handle.createUpdate("insert into live (drill, at, picture) values (:drill, :at, :picture)")
                            .bindMap(values)
                            .execute();
        });
    }

    public Optional<LiveDrill> find(String drill) {
        return store.work(handle -> handle.createQuery("select picture from live where drill = :drill")
                .bind("drill", drill)
                .mapTo(String.class)
                .findFirst()
                .map(WrittenJson::picture));
    }

    /** Forgets those of drills that do not run any more, and were not changed since. */
    public void forgetBefore(Instant instant) {
        store.work(handle -> handle.createUpdate("delete from live where at < :instant and not exists"
                        + " (select 1 from queued where queued.drill = live.drill and queued.state = 'RUNNING')")
                .bind("instant", QueuedRow.utc(instant))
                .execute());
    }
}
