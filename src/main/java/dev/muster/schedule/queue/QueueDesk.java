package dev.muster.schedule.queue;

import dev.muster.catalog.queue.Queue;
import dev.muster.drill.Approval;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Wish;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.DrillNames;
import dev.muster.schedule.Desk;
import dev.muster.schedule.live.Audience;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The desk before the queue that all processes share. */
public final class QueueDesk implements Desk {
    /** Who asks for the drills of slots. */
    public static final String SCHEDULE = "schedule";

    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_REASON = 500;

    private final Queue queue;
    private final Wishes wishes;
    private final Audience audience;
    private final Ledger ledger;
    private final BiConsumer<QueuedDrill, String> withdrawn;
    private final Clock clock;

    QueueDesk(
            Queue queue,
            Wishes wishes,
            Audience audience,
            Ledger ledger,
            BiConsumer<QueuedDrill, String> withdrawn,
            Clock clock) {
        this.queue = queue;
        this.wishes = wishes;
        this.audience = audience;
        this.ledger = ledger;
        this.withdrawn = withdrawn;
        this.clock = clock;
    }

    @Override
    public QueuedDrill ask(Wish wish, String by, Optional<String> key) {
        if (key.filter(text -> text.isBlank() || text.length() > LONGEST_KEY).isPresent()) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    new Problem(
                            "The idempotency key is empty or longer than " + LONGEST_KEY + " characters",
                            "",
                            "Send a new random one, such as a UUID, for each drill that you want."));
        }
        Optional<QueuedDrill> earlier = key.flatMap(known -> queue.asked(by, known));
        if (earlier.isPresent()) {
            return same(earlier.get(), wish);
        }
        Wishes.Sound sound = wishes.sound(wish, by);
        QueuedDrill drill = fresh(
                sound.runbook(),
                wish,
                by,
                Optional.empty(),
                1,
                sound.approvalRequired() ? State.AWAITING_APPROVAL : State.WAITING);
        return same(queue.add(drill, key, Optional.empty()), wish);
    }

    private static QueuedDrill same(QueuedDrill drill, Wish wish) {
        if (drill.wish().equals(wish)) {
            return drill;
        }
        throw new Refusal(
                Refusal.Reason.CONFLICT,
                new Problem(
                        "Another drill was asked for with the same idempotency key",
                        drill.drill(),
                        "Send a new key with a new wish."));
    }

    /**
     * The drill of a slot as the schedule asks for it, not yet in the queue.
     *
     * @param due the moment that the schedule says
     */
    public QueuedDrill due(String runbook, Instant due) {
        Runbook read = wishes.due(runbook);
        return fresh(
                read,
                Wish.of(runbook),
                SCHEDULE,
                Optional.of(due),
                1,
                read.governance().approvalRequired() ? State.AWAITING_APPROVAL : State.WAITING);
    }

    private QueuedDrill fresh(Runbook runbook, Wish wish, String by, Optional<Instant> slot, int attempt, State state) {
        return new QueuedDrill(
                DrillNames.next(wish.runbook(), clock),
                wish.runbook(),
                runbook.system(),
                slot,
                attempt,
                // As the catalog keeps it.
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                by,
                slot.isPresent() ? DrillRequest.Trigger.SCHEDULE : DrillRequest.Trigger.OPERATOR,
                wish,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public QueuedDrill approve(String drill, String by) {
        QueuedDrill asked = known(drill);
        if (asked.state() != State.AWAITING_APPROVAL) {
            throw notWaiting(asked);
        }
        if (Approval.samePerson(asked.askedBy(), by)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem(
                            "Nobody approves a drill that they asked for themselves",
                            drill,
                            "Ask somebody else with the right to approve."));
        }
        Map<String, String> details = new TreeMap<>();
        details.put("by", by);
        details.put("asked by", asked.askedBy());
        details.put("runbook", asked.runbook());
        asked.slot().ifPresent(slot -> details.put("slot", slot.toString()));
        // First: what took effect without a trace could never be shown.
        ledger.append(EventKind.APPROVED, drill, details);
        if (!queue.approve(drill, by)) {
            throw notWaiting(known(drill));
        }
        return known(drill);
    }

    private static Refusal notWaiting(QueuedDrill drill) {
        return new Refusal(
                Refusal.Reason.CONFLICT,
                new Problem(
                        "The drill does not wait for an approval: it is " + drill.state()
                                + drill.approvedBy()
                                        .map(by -> ", approved by " + by)
                                        .orElse(""),
                        drill.drill(),
                        "See the queue for those that do."));
    }

    @Override
    public QueuedDrill cancel(String drill, String by, String why) {
        QueuedDrill asked = known(drill);
        String reason = by + (why.isBlank() ? "" : ": " + shortened(why.strip()));
        if (queue.withdraw(drill, reason)) {
            withdrawn.accept(asked, "taken back by " + reason);
        } else if (!queue.stop(drill, reason)) {
            throw new Refusal(
                    Refusal.Reason.CONFLICT,
                    new Problem(
                            "The drill cannot be stopped: it is " + known(drill).state() + " already",
                            drill,
                            "See its report."));
        }
        return known(drill);
    }

    private static String shortened(String why) {
        return why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + " …" : why;
    }

    private QueuedDrill known(String drill) {
        return queue.find(drill)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                "There is no drill " + shortened(drill) + " in the queue",
                                "",
                                "Take the name of one of those that it lists.")));
    }

    @Override
    public List<QueuedDrill> open() {
        return queue.open();
    }

    @Override
    public Optional<QueuedDrill> find(String drill) {
        return queue.find(drill);
    }

    @Override
    public Optional<LiveDrill> live(String drill) {
        return audience.live(drill);
    }

    @Override
    public Watching watch(String drill, Consumer<LiveDrill> watcher) {
        return audience.watch(drill, watcher);
    }
}
