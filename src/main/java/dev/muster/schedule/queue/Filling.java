package dev.muster.schedule.queue;

import dev.muster.catalog.queue.Queue;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Slot;
import dev.muster.schedule.slot.SlotKeeping;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the drills of slots into the queue when they are due. Any number of processes may look, one fills each slot. */
public final class Filling {
    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

    private final Consumer<Instant> looking;
    private final SlotKeeping keeping;
    private final Slots slots;
    private final Queue queue;
    private final QueueDesk desk;
    private final FleetFilling fleets;
    private final Clock clock;

    /** @param looking sees to it that the slots are known, and that those are ended which no drill can fill any more */
    public Filling(
            Consumer<Instant> looking,
            SlotKeeping keeping,
            Slots slots,
            Queue queue,
            QueueDesk desk,
            FleetFilling fleets,
            Clock clock) {
        this.looking = looking;
        this.keeping = keeping;
        this.slots = slots;
        this.queue = queue;
        this.desk = desk;
        this.fleets = fleets;
        this.clock = clock;
    }

    /** Looks once; when there is something to do next, as far as that is known. */
    public Optional<Instant> look() {
        Instant now = clock.instant();
        looking.accept(now);
        fleets.settleWhatWasLeft(now);
        keeping.due(now).forEach(slot -> fill(slot, now));
        return keeping.next(now);
    }

    private void fill(Slot slot, Instant now) {
        try {
            fleets.template(slot.runbook())
                    .ifPresentOrElse(
                            template -> fleets.fill(template, slot, now),
                            () -> queue.fill(slots, slot, desk.due(slot.runbook(), slot.due()), now));
        } catch (CouldNotRun unable) {
            // The slot stays due, and is missed in the end.
            LOG.error("The slot of {} at {} is not filled: {}", slot.runbook(), slot.due(), unable.problem());
        }
    }
}
