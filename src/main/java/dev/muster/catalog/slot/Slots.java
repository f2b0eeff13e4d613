package dev.muster.catalog.slot;

import static dev.muster.catalog.slot.SlotRow.utc;

import dev.muster.catalog.Store;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Slot;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The slots of all schedules. Several processes work on them; each change of a slot is made by exactly one. */
public final class Slots {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOOKER = "schedule";

    private final Store store;

    public Slots(Store store) {
        this.store = store;
    }

    /** The runbooks whose slots count, by name. */
    public Map<String, Watched> watched() {
        Map<String, Watched> watched = new TreeMap<>();
        store.work(handle -> handle.createQuery("select runbook, system, since, plan, sketched from watched_runbook")
                        .map((row, context) -> new Watched(
                                row.getString("runbook"),
                                row.getString("system"),
                                SlotRow.instant(row, "since"),
                                row.getString("plan"),
                                SlotRow.instant(row, "sketched")))
                        .list())
                .forEach(one -> watched.put(one.runbook(), one));
        return watched;
    }

    /** Begins to count the slots of a runbook; of several who begin, one does. */
    public void watch(Watched runbook) {
        store.work(handle -> inserted(() -> handle.createUpdate(
                        "insert into watched_runbook"
                                + " (runbook, system, since, plan, sketched) values (:runbook, :system, :since, :plan, :sketched)")
                .bind("runbook", runbook.runbook())
                .bind("system", runbook.system())
                .bind("since", utc(runbook.since()))
                .bind("plan", runbook.plan())
                .bind("sketched", utc(runbook.sketched()))
                .execute()));
    }

    static boolean inserted(Runnable insert) {
        try {
            insert.run();
            return true;
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    /**
     * Adds slots to those that are known of a runbook, unless another process was faster.
     *
     * @param from the runbook as it was read
     * @param to the same with the plan and the end of what is known now
     * @param dropped coming slots after this moment belong to a plan that does not hold any more
     */
    public void sketch(Watched from, Watched to, Optional<Instant> dropped, List<PlannedSlot> slots, Instant now) {
        store.together(handle -> {
            int mine = handle.createUpdate("update watched_runbook set system = :system, plan = :plan,"
                            + " sketched = :sketched where runbook = :runbook and plan = :before and sketched = :until")
                    .bind("system", to.system())
                    .bind("plan", to.plan())
                    .bind("sketched", utc(to.sketched()))
                    .bind("runbook", from.runbook())
                    .bind("before", from.plan())
                    .bind("until", utc(from.sketched()))
                    .execute();
            if (mine == 1) {
                dropped.ifPresent(moment -> drop(handle, from.runbook(), moment));
                Set<Instant> known = known(handle, slots);
                SlotRow.insert(
                        handle,
                        slots.stream()
                                .filter(slot -> !known.contains(slot.due()))
                                .toList(),
                        now);
            }
            return mine;
        });
    }

    private static Set<Instant> known(Handle handle, List<PlannedSlot> slots) {
        return slots.isEmpty()
                ? Set.of()
                : new HashSet<>(handle.createQuery("select due from slot where runbook = :runbook and due >= :first")
                        .bind("runbook", slots.get(0).runbook())
                        .bind("first", utc(slots.get(0).due()))
                        .map((row, context) -> SlotRow.instant(row, "due"))
                        .list());
    }

    private static void drop(Handle handle, String runbook, Instant after) {
        handle.createUpdate("delete from slot where runbook = :runbook and state = 'COMING' and due > :after")
                .bind("runbook", runbook)
                .bind("after", utc(after))
                .execute();
    }

    /** Stops counting the slots of a runbook; those that were due stay. */
    public void forget(String runbook, Instant now) {
        store.together(handle -> {
            drop(handle, runbook, now);
            return handle.createUpdate("delete from watched_runbook where runbook = :runbook")
                    .bind("runbook", runbook)
                    .execute();
        });
    }

    /** How many slots of each runbook are known and coming. */
    public Map<String, Integer> coming() {
        Map<String, Integer> counts = new TreeMap<>();
        store.work(handle -> handle.createQuery(
                                "select runbook, count(*) as slots from slot where state = 'COMING' group by runbook")
                        .map((row, context) -> Map.entry(row.getString("runbook"), row.getInt("slots")))
                        .list())
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** The slots that are due and of which nothing has become yet, by time. */
    public List<PlannedSlot> due(Instant now) {
        return store.work(handle -> handle.createQuery(
                        SlotRow.SELECT + " where state = 'COMING' and due <= :now order by due, runbook")
                .bind("now", utc(now))
                .map(SlotRow::planned)
                .list());
    }

    /** The missed slots for which a drill is still to make up, the latest of each runbook. */
    public List<Slot> toMakeUp() {
        return store.work(handle -> handle.createQuery(SlotRow.SELECT
                        + " where make_up and due = (select max(late.due) from slot late"
                        + " where late.runbook = slot.runbook and late.make_up) order by due, runbook")
                .map(SlotRow::slot)
                .list());
    }

    /** Claims a slot for a drill; true for exactly one of all who try. */
    public boolean take(Slot slot, String drill, Instant now) {
        return store.together(handle -> take(handle, slot, drill, now));
    }

    /** The same as a piece of other work that holds wholly or not at all. */
    public boolean take(Handle handle, Slot slot, String drill, Instant now) {
        boolean missed = slot.state() == Slot.State.MISSED;
        int mine = handle.createUpdate(
                        missed
                                ? "update slot set make_up = false, made_up = :drill, changed = :now"
                                        + " where runbook = :runbook and due = :due and make_up"
                                : "update slot set state = 'TAKEN', drill = :drill, changed = :now, noted = true"
                                        + " where runbook = :runbook and due = :due and state = 'COMING'")
                .bind("drill", drill)
                .bind("now", utc(now))
                .bind("runbook", slot.runbook())
                .bind("due", utc(slot.due()))
                .execute();
        if (mine == 1) {
            // One drill makes up for all that were missed before it.
            handle.createUpdate("update slot set make_up = false, made_up = :drill"
                            + " where runbook = :runbook and make_up and due <= :due")
                    .bind("drill", drill)
                    .bind("runbook", slot.runbook())
                    .bind("due", utc(slot.due()))
                    .execute();
        }
        return mine == 1;
    }

    /** The drill that was to fill a slot was taken back before it began, so that the slot is missed after all. */
    public boolean withdrawn(String drill, String why, Instant now) {
        return store.work(handle -> handle.createUpdate("update slot set state = 'MISSED', why = :why, changed = :now,"
                                + " noted = false where drill = :drill and state = 'TAKEN'")
                        .bind("why", why)
                        .bind("now", utc(now))
                        .bind("drill", drill)
                        .execute())
                == 1;
    }

    /** Ends a slot without a drill; true for exactly one of all who try. */
    public boolean end(Slot ended, boolean makeUp, Instant now) {
        return store.work(handle -> handle.createUpdate("update slot set state = :state, why = :why, drill = :drill,"
                                + " make_up = :makeUp, changed = :now"
                                + " where runbook = :runbook and due = :due and state = 'COMING'")
                        .bind("state", ended.state().name())
                        .bindBySqlType("why", ended.why().orElse(null), Types.VARCHAR)
                        .bindBySqlType("drill", ended.drill().orElse(null), Types.VARCHAR)
                        .bind("makeUp", makeUp)
                        .bind("now", utc(now))
                        .bind("runbook", ended.runbook())
                        .bind("due", utc(ended.due()))
                        .execute())
                == 1;
    }

    /** Gives up to make up for what was missed of a runbook. */
    public void giveUp(String runbook) {
        store.work(handle -> handle.createUpdate("update slot set make_up = false where runbook = :runbook and make_up")
                .bind("runbook", runbook)
                .execute());
    }

    /** The slots that ended without a drill, and that the ledger may not have. */
    public List<Slot> unnoted(Instant changedBefore) {
        return store.work(handle -> handle.createQuery(SlotRow.SELECT
                        + " where state in ('MISSED', 'FORBIDDEN') and not noted and changed <= :before"
                        + " order by due, runbook")
                .bind("before", utc(changedBefore))
                .map(SlotRow::slot)
                .list());
    }

    /** The ledger has it. */
    public void noted(Slot slot) {
        store.work(handle -> handle.createUpdate("update slot set noted = true where runbook = :runbook and due = :due")
                .bind("runbook", slot.runbook())
                .bind("due", utc(slot.due()))
                .execute());
    }

    /** The slots due from one moment to before another, by time, with what became of them. */
    public List<Slot> between(Instant from, Instant to) {
        return store.work(
                handle -> handle.createQuery(SlotRow.SELECT + " where due >= :from and due < :to order by due, runbook")
                        .bind("from", utc(from))
                        .bind("to", utc(to))
                        .map(SlotRow::slot)
                        .list());
    }

    /** Those of them in which no drill ran: they were missed, or none was allowed. */
    public List<Slot> withoutDrill(Instant from, Instant to) {
        return store.work(handle -> handle.createQuery(
                        SlotRow.SELECT
                                + " where state in ('MISSED', 'FORBIDDEN') and due >= :from and due < :to order by due, runbook")
                .bind("from", utc(from))
                .bind("to", utc(to))
                .map(SlotRow::slot)
                .list());
    }

    /** The first slot of each system from one moment to before another that is to come and not forbidden. */
    public Map<String, Instant> next(Instant from, Instant to) {
        Map<String, Instant> next = new TreeMap<>();
        store.work(handle -> handle.createQuery("select system, min(due) as due from slot where state = 'COMING'"
                                + " and forbidden is null and due >= :from and due < :to group by system")
                        .bind("from", utc(from))
                        .bind("to", utc(to))
                        .map((row, context) -> Map.entry(row.getString("system"), SlotRow.instant(row, "due")))
                        .list())
                .forEach(entry -> next.put(entry.getKey(), entry.getValue()));
        return next;
    }

    /** The first moment after this one at which a drill starts by the schedule. */
    public Optional<Instant> nextStart(Instant after) {
        return store.work(handle -> handle.createQuery("select min(starts) as starts from slot"
                        + " where state = 'COMING' and forbidden is null and starts > :after")
                .bind("after", utc(after))
                .map((row, context) -> Optional.ofNullable(row.getObject("starts", java.time.OffsetDateTime.class))
                        .map(java.time.OffsetDateTime::toInstant))
                .one());
    }

    /** Whether a drill of a runbook that began in this time has passed. */
    public boolean passed(String runbook, Instant from, Instant to) {
        return store.work(handle -> handle.createQuery("select count(*) from drill where runbook = :runbook"
                                + " and verdict = 'PASSED' and planned >= :from and planned < :to")
                        .bind("runbook", runbook)
                        .bind("from", utc(from))
                        .bind("to", utc(to))
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    /** How many slots of each system have been missed since then, and not made up for. */
    public Map<String, Integer> missed(Instant from) {
        Map<String, Integer> counts = new TreeMap<>();
        store.work(handle -> handle.createQuery("select system, count(*) as slots from slot where state = 'MISSED'"
                                + " and made_up is null and due >= :from group by system")
                        .bind("from", utc(from))
                        .map((row, context) -> Map.entry(row.getString("system"), row.getInt("slots")))
                        .list())
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** When anybody looked at the schedule last. */
    public Optional<Instant> lastLook() {
        return store.work(handle -> handle.createQuery("select at from last_look where looker = :looker")
                .bind("looker", LOOKER)
                .map((row, context) -> SlotRow.instant(row, "at"))
                .findFirst());
    }

    /** Somebody has looked at the schedule. */
    public void looked(Instant now) {
        store.work(handle -> handle.createUpdate("update last_look set at = :now where looker = :looker")
                                .bind("looker", LOOKER)
                                .bind("now", utc(now))
                                .execute()
                        > 0
                || inserted(() -> handle.createUpdate("insert into last_look (looker, at) values (:looker, :now)")
                        .bind("looker", LOOKER)
                        .bind("now", utc(now))
                        .execute()));
    }
}
