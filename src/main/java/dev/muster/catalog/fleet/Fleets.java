package dev.muster.catalog.fleet;

import dev.muster.catalog.Store;
import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The fleets: their tenants and samples. Several processes work on them; each slot is planned by exactly one. */
public final class Fleets {
    private final Store store;

    public Fleets(Store store) {
        this.store = store;
    }

    /**
     * All tenants that a fleet ever had, by name, with what their drills came to since they are there.
     *
     * @param system how a tenant is called as a system
     */
    public Map<String, Member> members(String fleet, UnaryOperator<String> system) {
        Map<String, Newest> newest = newest(fleet);
        Map<String, Member> members = new TreeMap<>();
        store.work(handle -> handle.createQuery("select tenant, since, gone from fleet_tenant where fleet = :fleet")
                        .bind("fleet", fleet)
                        .map((row, context) -> new Member(
                                row.getString("tenant"),
                                SampleRow.instant(row, "since").orElseThrow(),
                                SampleRow.instant(row, "gone"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .list())
                .forEach(member -> members.put(
                        member.tenant(),
                        Optional.ofNullable(newest.get(system.apply(member.tenant())))
                                .map(one -> one.of(member))
                                .orElse(member)));
        return members;
    }

    /** The newest drill of a system with a verdict, and the newest that passed. */
    private record Newest(String system, Instant tried, Verdict verdict, Optional<Instant> passed) {
        Member of(Member member) {
            boolean ofNow = !tried.isBefore(member.since());
            return new Member(
                    member.tenant(),
                    member.since(),
                    member.gone(),
                    passed.filter(at -> !at.isBefore(member.since())),
                    Optional.of(tried).filter(at -> ofNow),
                    Optional.of(verdict).filter(one -> ofNow));
        }
    }

    private Map<String, Newest> newest(String fleet) {
        Map<String, Newest> newest = new TreeMap<>();
        store.work(handle -> handle.createQuery("select * from (select system, planned, verdict,"
                                + " row_number() over (partition by system order by planned desc, id desc) as age,"
                                + " max(case when verdict = 'PASSED' then coalesce(finished, planned) end)"
                                + " over (partition by system) as passed"
                                + " from drill where runbook = :fleet and verdict is not null) d where age = 1")
                        .bind("fleet", fleet)
                        .map((row, context) -> new Newest(
                                row.getString("system"),
                                SampleRow.instant(row, "planned").orElseThrow(),
                                Verdict.valueOf(row.getString("verdict")),
                                SampleRow.instant(row, "passed")))
                        .list())
                .forEach(one -> newest.put(one.system(), one));
        return newest;
    }

    /** The systems of a fleet of which a drill is in the queue or runs. */
    public Set<String> underWay(String fleet) {
        return new HashSet<>(store.work(handle -> handle.createQuery("select system from queued where runbook = :fleet"
                        + " and state in ('AWAITING_APPROVAL', 'WAITING', 'RUNNING')")
                .bind("fleet", fleet)
                .mapTo(String.class)
                .list()));
    }

    /** Who was drawn by lot for the slots from this one on, and what became of it; by slot. */
    public List<Lot> lots(String fleet, Instant from) {
        return store.work(handle -> handle.createQuery("select * from (select c.tenant, s.slot, s.settled, q.state,"
                        + " d.verdict, row_number() over (partition by c.sample, c.tenant order by q.attempt desc) as age"
                        + " from fleet_sample s join fleet_choice c on c.sample = s.id and c.kind = 'LOT'"
                        + " left join queued q on q.runbook = s.fleet and q.slot = s.slot and q.system = c.system"
                        + " left join drill d on d.id = q.drill"
                        + " where s.fleet = :fleet and s.slot >= :from) l where age = 1 order by slot, tenant")
                .bind("fleet", fleet)
                .bind("from", SampleRow.utc(from))
                .map((row, context) -> new Lot(
                        row.getString("tenant"),
                        SampleRow.instant(row, "slot").orElseThrow(),
                        !row.getBoolean("settled")
                                || Optional.ofNullable(row.getString("state"))
                                        .map(QueuedDrill.State::valueOf)
                                        .filter(QueuedDrill.State::open)
                                        .isPresent(),
                        Optional.ofNullable(row.getString("verdict")).map(Verdict::valueOf)))
                .list());
    }

    /**
     * Keeps what was chosen for a slot, and whom the fleet consists of from now on; nothing is asked for yet.
     *
     * @param come the tenants that were not there before
     * @return true for exactly one of all who try
     */
    public boolean keep(Slots slots, Slot slot, Sample sample, List<String> come, Instant now) {
        return store.together(handle -> {
            if (!slots.take(handle, slot, sample.id(), now) || find(handle, sample.fleet(), sample.slot())) {
                return false;
            }
            SampleRow.insert(handle, sample);
            come.forEach(tenant -> come(handle, sample, tenant));
            vanish(handle, sample);
            return true;
        });
    }

    private static boolean find(Handle handle, String fleet, Instant slot) {
        return handle.createQuery("select count(*) from fleet_sample where fleet = :fleet and slot = :slot")
                        .bind("fleet", fleet)
                        .bind("slot", SampleRow.utc(slot))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void come(Handle handle, Sample sample, String tenant) {
        int back = handle.createUpdate("update fleet_tenant set since = :since, gone = null"
                        + " where fleet = :fleet and tenant = :tenant")
                .bind("since", SampleRow.utc(sample.slot()))
                .bind("fleet", sample.fleet())
                .bind("tenant", tenant)
                .execute();
        if (back == 0) {
            handle.createUpdate("insert into fleet_tenant (fleet, tenant, since) values (:fleet, :tenant, :since)")
                    .bind("fleet", sample.fleet())
                    .bind("tenant", tenant)
                    .bind("since", SampleRow.utc(sample.slot()))
                    .execute();
        }
    }

    private static void vanish(Handle handle, Sample sample) {
        if (sample.vanished().isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("update fleet_tenant set gone = :gone where fleet = :fleet and tenant = :tenant");
        sample.vanished()
                .forEach(tenant -> batch.bind("gone", SampleRow.utc(sample.slot()))
                        .bind("fleet", sample.fleet())
                        .bind("tenant", tenant)
                        .add());
        batch.execute();
    }

    /** The samples that may not be in the ledger, and whose drills are in no queue. */
    public List<Sample> unsettled(Instant madeBefore) {
        return store.work(handle -> handle
                .createQuery(SampleRow.SELECT + " where not settled and made <= :before order by slot, fleet")
                .bind("before", SampleRow.utc(madeBefore))
                .map(SampleRow::read)
                .list()
                .stream()
                .map(sample -> SampleRow.with(sample, choices(handle, sample.id())))
                .toList());
    }

    /** Puts the drills of a sample into the queue, which the ledger has by now; once, whoever else tries. */
    public boolean settle(Sample sample, Queue queue, List<QueuedDrill> drills) {
        return store.together(handle -> {
            boolean mine = handle.createUpdate("update fleet_sample set settled = true where id = :id and not settled")
                            .bind("id", sample.id())
                            .execute()
                    == 1;
            if (mine) {
                drills.forEach(drill -> queue.add(handle, drill, Optional.empty(), Optional.empty()));
            }
            return mine;
        });
    }

    public Optional<Sample> find(String id) {
        return store.work(handle -> handle.createQuery(SampleRow.SELECT + " where id = :id")
                .bind("id", id)
                .map(SampleRow::read)
                .findFirst()
                .map(sample -> SampleRow.with(sample, choices(handle, id))));
    }

    /** The newest samples of a fleet, newest first. */
    public List<Sample> newest(String fleet, int most) {
        return store.work(handle -> handle
                .createQuery(SampleRow.SELECT + " where fleet = :fleet order by slot desc fetch first :most rows only")
                .bind("fleet", fleet)
                .bind("most", most)
                .map(SampleRow::read)
                .list()
                .stream()
                .map(sample -> SampleRow.with(sample, choices(handle, sample.id())))
                .toList());
    }

    private static List<Choice> choices(Handle handle, String sample) {
        return handle.createQuery("select tenant, system, kind, weight, drill from fleet_choice where sample = :sample"
                        + " order by kind, tenant")
                .bind("sample", sample)
                .map(SampleRow::choice)
                .list();
    }
}
