package dev.muster.schedule.queue;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.queue.Pictures;
import dev.muster.catalog.queue.Presence;
import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Conductor;
import dev.muster.orchestrator.Owner;
import dev.muster.orchestrator.Reaper;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.Limits;
import dev.muster.schedule.live.Audience;
import dev.muster.schedule.live.Rounds;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process at work on the queue: it shows that it is there, conducts drills, and looks after what others leave. */
public final class Shift {
    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TIDYINGS = Duration.ofMinutes(10);

    private final String process = Owner.ofThisProcess().name();
    private final Queue queue;
    private final Presence presence;
    private final Audience audience;
    private final Reaper reaper;
    private final Limits limits;
    private final BiConsumer<QueuedDrill, String> withdrawn;
    private final Clock clock;
    private final QueueDesk desk;
    private final Dispatcher dispatcher;
    private final TakeOver takeOver;
    private final Rounds rounds = new Rounds("shift");
    /** On a thread of its own: what is removed may take minutes to go, and others must not take this process for gone. */
    private final Rounds tidyings = new Rounds("tidying");

    private volatile String address = "";

    /**
     * Gets ready; nothing begins yet.
     *
     * @param slots those of drills that are taken back are missed
     */
    public Shift(
            Catalog catalog,
            Slots slots,
            Library library,
            RunbookReader reader,
            Conductor conductor,
            Reaper reaper,
            Ledger ledger,
            Limits limits,
            Clock clock) {
        this.queue = new Queue(catalog);
        this.presence = new Presence(catalog);
        this.audience = new Audience(new Pictures(catalog), clock);
        this.reaper = reaper;
        this.limits = limits;
        this.withdrawn = (drill, why) -> slots.withdrawn(drill.drill(), why, clock.instant());
        this.clock = clock;
        Wishes wishes = new Wishes(library, reader, conductor, clock);
        Again again = new Again(wishes, clock);
        this.desk = new QueueDesk(queue, wishes, audience, ledger, withdrawn, clock);
        this.dispatcher = new Dispatcher(queue, process, wishes, conductor, reaper, audience, again, limits, clock);
        this.takeOver = new TakeOver(presence, queue, reaper, audience, again);
    }

    public QueueDesk desk() {
        return desk;
    }

    public Queue queue() {
        return queue;
    }

    public String process() {
        return process;
    }

    /**
     * Begins to conduct drills.
     *
     * @param pages where this process shows them
     */
    public void start(URI pages) {
        address = pages.toString();
        presence.arrive(process, address);
        // What an earlier process left is closed before anything new begins.
        takeOver.look(process);
        reaper.closeAbandoned();
        tidyings.once(this::tidy);
        rounds.every(BETWEEN_SIGNS_OF_LIFE, this::look);
        tidyings.every(BETWEEN_TIDYINGS, this::tidy);
        dispatcher.start();
    }

    private void look() {
        if (!presence.stay(process)) {
            LOG.error("Other processes have taken this one for gone; its drills are stopped");
            dispatcher.takenForGone();
            presence.arrive(process, address);
        }
        takeOver.look(process);
        queue.open().stream()
                .filter(drill -> drill.state() == State.AWAITING_APPROVAL)
                .filter(drill -> drill.askedAt().plus(limits.approvalWithin()).isBefore(clock.instant()))
                .forEach(this::notApproved);
    }

    private void notApproved(QueuedDrill drill) {
        String why = "nobody approved it within " + limits.approvalWithin();
        if (queue.withdraw(drill.drill(), why)) {
            withdrawn.accept(drill, why);
        }
    }

    private void tidy() {
        reaper.closeAbandoned();
        reaper.removeExpired();
        reaper.removeLeftBehind();
        audience.tidy();
    }

    /** From now on no drill begins in this process; how many still run. */
    public int beginNothingMore() {
        return dispatcher.beginNothingMore();
    }

    /** Does not wait any longer for what runs. */
    public void hurry() {
        dispatcher.hurry();
    }

    /** Begins nothing new, lets what runs go on for its time of grace, and then stops it in order. */
    public void end() throws InterruptedException {
        dispatcher.end();
        rounds.close();
        tidyings.close();
        if (dispatcher.running() == 0) {
            presence.leave(process);
        }
        audience.close();
    }
}
