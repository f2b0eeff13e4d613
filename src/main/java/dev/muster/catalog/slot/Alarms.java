package dev.muster.catalog.slot;

import static dev.muster.catalog.slot.SlotRow.utc;

import dev.muster.catalog.Store;
import java.time.Instant;
import java.util.List;

/** Each time that a system became overdue, whichever process saw it first. */
public final class Alarms {
    private final Store store;

    public Alarms(Store store) {
        this.store = store;
    }

    /**
     * A system that became overdue.
     *
     * @param since when it did
     */
    public record Alarm(String system, Instant since) {}

    /** Remembers an alarm; true for the first of all who try. */
    public boolean raise(Alarm alarm) {
        return store.work(handle -> Slots.inserted(
                () -> handle.createUpdate("insert into overdue (system, since, noted) values (:system, :since, false)")
                        .bind("system", alarm.system())
                        .bind("since", utc(alarm.since()))
                        .execute()));
    }

    /** Whether this alarm is raised already. */
    public boolean raised(Alarm alarm) {
        return store.work(handle -> handle.createQuery(
                                "select count(*) from overdue where system = :system and since = :since")
                        .bind("system", alarm.system())
                        .bind("since", utc(alarm.since()))
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    /** The alarms that the ledger may not have. */
    public List<Alarm> unnoted() {
        return store.work(handle -> handle.createQuery(
                        "select system, since from overdue where not noted order by since, system")
                .map((row, context) -> new Alarm(row.getString("system"), SlotRow.instant(row, "since")))
                .list());
    }

    /** The ledger has it. */
    public void noted(Alarm alarm) {
        store.work(handle -> handle.createUpdate(
                        "update overdue set noted = true where system = :system and since = :since")
                .bind("system", alarm.system())
                .bind("since", utc(alarm.since()))
                .execute());
    }
}
