package dev.muster.catalog.queue;

import dev.muster.catalog.Store;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The drills that were asked for. All processes that share a catalog change it in turn. */
public final class Queue {
    /** What waits comes in the order in which it began to, and what still has to be approved last. */
    private static final String IN_ORDER = " where state in ('RUNNING', 'WAITING', 'AWAITING_APPROVAL')"
            + " order by case state when 'RUNNING' then 0 when 'WAITING' then 1 else 2 end, asked, drill";

    private final Store store;

    public Queue(Store store) {
        this.store = store;
    }

    /**
     * Adds a drill, unless it was asked for with the same key or is the same attempt at the same slot.
     *
     * @param notBefore when it may begin; absent means at once
     * @return the drill that was there before, or else the new one
     */
    public QueuedDrill add(QueuedDrill drill, Optional<String> key, Optional<Instant> notBefore) {
        return store.together(handle -> add(handle, drill, key, notBefore));
    }

    /** The same as a piece of other work that holds wholly or not at all. */
    public QueuedDrill add(Handle handle, QueuedDrill drill, Optional<String> key, Optional<Instant> notBefore) {
        takeTurn(handle);
        Optional<QueuedDrill> there = key.flatMap(known -> asked(handle, drill.askedBy(), known))
                .or(() -> drill.slot().flatMap(slot -> attempt(handle, drill, slot)));
        if (there.isPresent()) {
            return there.get();
        }
        QueuedRow.insert(handle, drill, key, notBefore);
        return drill;
    }

    /**
     * Claims a slot and adds the drill that fills it, both or neither.
     *
     * @return true for exactly one of all who try
     */
    public boolean fill(Slots slots, Slot slot, QueuedDrill drill, Instant now) {
        return store.together(handle -> {
            takeTurn(handle);
            String name =
                    attempt(handle, drill, slot.due()).map(QueuedDrill::drill).orElse(drill.drill());
            boolean mine = slots.take(handle, slot, name, now);
            if (mine) {
                add(handle, drill, Optional.empty(), Optional.empty());
            }
            return mine;
        });
    }

    private static Optional<QueuedDrill> asked(Handle handle, String by, String key) {
        return handle.createQuery(QueuedRow.SELECT + " where asked_by = :by and asked_once = :key")
                .bind("by", by)
                .bind("key", key)
                .map(QueuedRow::read)
                .findFirst();
    }

    private static Optional<QueuedDrill> attempt(Handle handle, QueuedDrill drill, Instant slot) {
        return handle.createQuery(QueuedRow.SELECT + " where runbook = :runbook and slot = :slot and system = :system"
                        + " and attempt = :attempt")
                .bind("runbook", drill.runbook())
                .bind("system", drill.system())
                .bind("slot", QueuedRow.utc(slot))
                .bind("attempt", drill.attempt())
                .map(QueuedRow::read)
                .findFirst();
    }

    /** What was asked by this person with this key. */
    public Optional<QueuedDrill> asked(String by, String key) {
        return store.work(handle -> asked(handle, by, key));
    }

    public Optional<QueuedDrill> find(String drill) {
        return store.work(handle -> find(handle, drill));
    }

    private static Optional<QueuedDrill> find(Handle handle, String drill) {
        return handle.createQuery(QueuedRow.SELECT + " where drill = :drill")
                .bind("drill", drill)
                .map(QueuedRow::read)
                .findFirst();
    }

    /** What runs, what waits, and what has to be approved first. */
    public List<QueuedDrill> open() {
        return store.work(handle -> handle.createQuery(QueuedRow.SELECT + IN_ORDER)
                .map(QueuedRow::read)
                .list());
    }

    /** What a process conducts. */
    public List<QueuedDrill> conductedBy(String process) {
        return store.work(handle -> conductedBy(handle, process));
    }

    private static List<QueuedDrill> conductedBy(Handle handle, String process) {
        return handle.createQuery(QueuedRow.SELECT + " where state = 'RUNNING' and process = :process order by drill")
                .bind("process", process)
                .map(QueuedRow::read)
                .list();
    }

    /**
     * Gives the process the drill that has waited longest among those that can begin. One whose system is busy, or that
     * is to be tried again later, lets others go before it, and says what it waits for.
     */
    public Optional<QueuedDrill> take(String process, Instant now) {
        return store.together(handle -> {
            takeTurn(handle);
            Map<String, String> busy = busy(handle);
            Set<String> later = later(handle, now);
            Optional<QueuedDrill> next = Optional.empty();
            for (QueuedDrill drill : waiting(handle)) {
                Optional<String> reason = Optional.ofNullable(busy.get(drill.system()))
                        .map(running -> "the drill " + running + " of the same system runs")
                        .or(() -> later.contains(drill.drill())
                                ? Optional.of("the pause before it is tried again")
                                : Optional.empty());
                if (reason.isPresent() || next.isPresent()) {
                    reason.ifPresent(why -> waitsFor(handle, drill, why));
                } else {
                    next = Optional.of(drill);
                    busy.put(drill.system(), drill.drill());
                }
            }
            return next.flatMap(drill -> begin(handle, drill, process, now));
        });
    }

    private static List<QueuedDrill> waiting(Handle handle) {
        return handle.createQuery(QueuedRow.SELECT + " where state = 'WAITING' order by asked, drill")
                .map(QueuedRow::read)
                .list();
    }

    private static Map<String, String> busy(Handle handle) {
        Map<String, String> busy = new HashMap<>();
        handle.createQuery(QueuedRow.SELECT + " where state = 'RUNNING'")
                .map(QueuedRow::read)
                .forEach(drill -> busy.put(drill.system(), drill.drill()));
        return busy;
    }

    private static Set<String> later(Handle handle, Instant now) {
        return new HashSet<>(
                handle.createQuery("select drill from queued where state = 'WAITING' and not_before > :now")
                        .bind("now", QueuedRow.utc(now))
                        .mapTo(String.class)
                        .list());
    }

    private static Optional<QueuedDrill> begin(Handle handle, QueuedDrill drill, String process, Instant now) {
        handle.createUpdate("update queued set state = 'RUNNING', process = :process, started = :now,"
                        + " occupies = system, waits_for = null where drill = :drill")
                .bind("process", process)
                .bind("now", QueuedRow.utc(now))
                .bind("drill", drill.drill())
                .execute();
        return find(handle, drill.drill());
    }

    /** Notes why nothing that waits begins here. */
    public void allWaitFor(String reason) {
        store.together(handle -> {
            takeTurn(handle);
            List<QueuedDrill> waiting = waiting(handle);
            waiting.stream()
                    .filter(drill -> drill.waitsFor().isEmpty())
                    .forEach(drill -> waitsFor(handle, drill, reason));
            return waiting;
        });
    }

    private static void waitsFor(Handle handle, QueuedDrill drill, String reason) {
        if (!drill.waitsFor().equals(Optional.of(reason))) {
            handle.createUpdate("update queued set waits_for = :reason where drill = :drill")
                    .bind("reason", reason)
                    .bind("drill", drill.drill())
                    .execute();
        }
    }

    /** Agrees to a drill; false when it does not wait for that. */
    public boolean approve(String drill, String by) {
        return changed(
                "update queued set state = 'WAITING', approved_by = :by where drill = :drill"
                        + " and state = 'AWAITING_APPROVAL'",
                Map.of("drill", drill, "by", by));
    }

    /** Takes a drill back that has not begun; false when it has. */
    public boolean withdraw(String drill, String why) {
        return changed(
                "update queued set state = 'WITHDRAWN', stop = :why, waits_for = null where drill = :drill"
                        + " and state in ('WAITING', 'AWAITING_APPROVAL')",
                Map.of("drill", drill, "why", why));
    }

    /** Says that a running drill is to be stopped; the first who says so is remembered. False when none runs. */
    public boolean stop(String drill, String why) {
        return changed(
                "update queued set stop = coalesce(stop, :why) where drill = :drill and state = 'RUNNING'",
                Map.of("drill", drill, "why", why));
    }

    /**
     * A drill has come to its end in the process that conducted it; false when that was not this one any more.
     *
     * @param again the next attempt, if there is to be one
     * @param notBefore when that may begin; absent means at once
     */
    public boolean ended(String drill, String process, Optional<QueuedDrill> again, Optional<Instant> notBefore) {
        return store.together(handle -> {
            takeTurn(handle);
            boolean own = handle.createUpdate("update queued set state = 'ENDED', occupies = null where drill = :drill"
                                    + " and state = 'RUNNING' and process = :process")
                            .bind("drill", drill)
                            .bind("process", process)
                            .execute()
                    > 0;
            again.filter(next -> own).ifPresent(next -> add(handle, next, Optional.empty(), notBefore));
            return own;
        });
    }

    private boolean changed(String sql, Map<String, String> values) {
        return store.together(handle -> {
            takeTurn(handle);
            return handle.createUpdate(sql).bindMap(values).execute() > 0;
        });
    }

    /**
     * Takes over from a process that is gone, unless another has done so already.
     *
     * @param begunAgain the next attempts, for the drills that are to be begun again
     * @param untouched the drills that it had taken and not begun, which wait again
     * @return whether this did it
     */
    public boolean takeOver(String process, List<QueuedDrill> begunAgain, Set<String> untouched) {
        return store.together(handle -> {
            takeTurn(handle);
            if (!Presence.forget(handle, process)) {
                return false;
            }
            List<QueuedDrill> left = new ArrayList<>(conductedBy(handle, process));
            for (QueuedDrill drill : left) {
                State state = untouched.contains(drill.drill()) ? State.WAITING : State.ENDED;
                handle.createUpdate("update queued set state = :state, occupies = null, process = "
                                + (state == State.WAITING ? "null, started = null" : "process")
                                + " where drill = :drill")
                        .bind("state", state.name())
                        .bind("drill", drill.drill())
                        .execute();
            }
            begunAgain.forEach(again -> add(handle, again, Optional.empty(), Optional.empty()));
            return true;
        });
    }

    /** All processes change the queue one after the other: what they see is then what is. */
    private static void takeTurn(Handle handle) {
        handle.createQuery("select id from queue_turn for update")
                .mapTo(Integer.class)
                .one();
    }
}
