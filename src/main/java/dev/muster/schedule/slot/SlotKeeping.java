package dev.muster.schedule.slot;

import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.drill.Teller;
import dev.muster.ledger.Ledger;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.calendar.CalendarFolder;
import dev.muster.schedule.calendar.Calendars;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the slots of all runbooks: every one is taken by exactly one drill, missed, or forbidden. Any number of
 * processes may keep the same slots.
 */
public final class SlotKeeping {
    private final Library library;
    private final CalendarFolder folder;
    private final Slots slots;
    private final Sketching sketching;
    private final Settling settling;
    private final Readiness readiness;

    /** @param teller hears of each slot that is missed */
    public SlotKeeping(Library library, CalendarFolder folder, Slots slots, Ledger ledger, Teller teller) {
        this.library = library;
        this.folder = folder;
        this.slots = slots;
        this.sketching = new Sketching(slots);
        this.readiness = new Readiness(slots);
        this.settling = new Settling(slots, readiness, ledger, teller);
    }

    /**
     * Takes in what changed in runbooks and calendars, and ends the slots that no drill can fill any more: the ledger
     * has them as missed or forbidden when this returns. To be called every minute or so, and before {@link #due}.
     */
    public void look(Instant now) {
        List<Runbook> runbooks = runbooks();
        Calendars calendars = folder.calendars();
        sketching.sketch(runbooks, calendars, now);
        settling.settle(new Rules(runbooks, calendars), now);
        slots.looked(now);
    }

    /**
     * The slots for which a drill is to start now, by time. One that is missed already is there to be made up for: one
     * drill does so for all that its runbook has missed.
     */
    public List<Slot> due(Instant now) {
        return readiness.ready(new Rules(runbooks(), folder.calendars()), now);
    }

    /**
     * Claims a slot that {@link #due} named.
     *
     * @param drill the drill that fills it
     * @return true for exactly one of all who try, in whatever process
     */
    public boolean take(Slot slot, String drill, Instant now) {
        return slots.take(slot, drill, now);
    }

    /** When the next drill starts by the schedule, as far as slots are known. */
    public Optional<Instant> next(Instant now) {
        return slots.nextStart(now);
    }

    private List<Runbook> runbooks() {
        return library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .toList();
    }
}
