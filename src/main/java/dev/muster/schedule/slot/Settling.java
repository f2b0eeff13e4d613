package dev.muster.schedule.slot;

import dev.muster.catalog.slot.Slots;
import dev.muster.drill.EventKind;
import dev.muster.drill.News;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.SchedulePlan;
import dev.muster.drill.Slot;
import dev.muster.drill.Teller;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.DrillNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ends the slots that no drill can fill any more, and notes each in the ledger. */
final class Settling {
    /** Whoever ends a slot notes it at once; after this long somebody else sees to it. */
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    private final Slots slots;
    private final Readiness readiness;
    private final Ledger ledger;
    private final Teller teller;

    Settling(Slots slots, Readiness readiness, Ledger ledger, Teller teller) {
        this.slots = slots;
        this.readiness = readiness;
        this.ledger = ledger;
        this.teller = teller;
    }

    void settle(Rules rules, Instant now) {
        noteWhatWasLeft(now);
        Optional<Instant> lastLook = slots.lastLook();
        for (PlannedSlot slot : slots.due(now)) {
            Optional<SchedulePlan> plan = rules.plan(slot.runbook());
            if (slot.forbidden().isPresent()) {
                end(ended(slot, Slot.State.FORBIDDEN, slot.forbidden(), drill(slot)), false, now);
            } else if (readiness.over(slot, plan, now)) {
                Why why = why(slot, plan, lastLook, now);
                boolean makeUp = why.nobody()
                        && plan.filter(one -> one.missed() == SchedulePlan.WhenMissed.RUN)
                                .isPresent();
                end(ended(slot, Slot.State.MISSED, Optional.of(why.words()), drill(slot)), makeUp, now);
            }
        }
        slots.toMakeUp().stream()
                .filter(slot -> rules.plan(slot.runbook()).isEmpty())
                .forEach(slot -> slots.giveUp(slot.runbook()));
    }

    /**
     * Why a slot was missed.
     *
     * @param nobody whether that is for want of somebody who starts it, so that a drill afterwards makes up for it
     */
    private record Why(String words, boolean nobody) {}

    private Why why(PlannedSlot slot, Optional<SchedulePlan> plan, Optional<Instant> lastLook, Instant now) {
        Instant end = Readiness.end(slot, plan);
        Optional<Instant> away = lastLook.filter(look -> look.isBefore(slot.starts()) && !now.isBefore(end));
        if (away.isPresent()) {
            return new Why("nobody looked at the schedule from " + away.get() + " to " + now, true);
        }
        Optional<String> awaited =
                plan.filter(one -> !readiness.follows(one, slot.due())).flatMap(SchedulePlan::after);
        if (awaited.isPresent()) {
            return new Why(
                    awaited.get() + " had not passed by the end of "
                            + Rules.day(plan.orElseThrow(), slot.due()).date(),
                    false);
        }
        return new Why("no drill began within " + Readiness.TOLERANCE.toMinutes() + " minutes", true);
    }

    private void end(Slot ended, boolean makeUp, Instant now) {
        if (slots.end(ended, makeUp, now)) {
            note(ended);
        }
    }

    /** What somebody ended and could not note, since he died in between or had no room on the disk. */
    private void noteWhatWasLeft(Instant now) {
        List<Slot> left = slots.unnoted(now.minus(AT_ONCE));
        if (left.isEmpty()) {
            return;
        }
        List<String> there = ledger.events().stream()
                .filter(event -> event.kind() == EventKind.MISSED || event.kind() == EventKind.FORBIDDEN)
                .map(event -> event.drill())
                .toList();
        for (Slot slot : left) {
            if (slot.drill().filter(there::contains).isPresent()) {
                slots.noted(slot);
            } else {
                note(slot);
            }
        }
    }

    private void note(Slot slot) {
        Map<String, String> details = new TreeMap<>();
        details.put("runbook", slot.runbook());
        details.put("system", slot.system());
        details.put("slot", slot.due().toString());
        details.put("disaster", slot.due().toString());
        details.put("reason", slot.why().orElse(""));
        if (slot.state() == Slot.State.MISSED) {
            // Before it is noted: who dies in between tells it again, and it is known for the same news.
            teller.tell(missed(slot));
        }
        ledger.append(
                slot.state() == Slot.State.MISSED ? EventKind.MISSED : EventKind.FORBIDDEN,
                slot.drill().orElseThrow(),
                details);
        slots.noted(slot);
    }

    private static News missed(Slot slot) {
        String what = "The drill of " + slot.runbook() + " that was due at " + slot.due() + " was missed: "
                + slot.why().orElse("nobody knows why");
        return new News(
                News.Kind.MISSED,
                slot.system(),
                Optional.of(slot.system()),
                Optional.empty(),
                slot.due(),
                what,
                Optional.of(new Problem(
                        what,
                        slot.runbook(),
                        "See that `muster serve` runs and has room for the drill, and start it with `muster run "
                                + slot.runbook() + "`.")));
    }

    private static Slot ended(PlannedSlot slot, Slot.State state, Optional<String> why, String drill) {
        return new Slot(slot.runbook(), slot.system(), slot.due(), state, why, Optional.of(drill));
    }

    /** A drill that never was has a name like the others, from its moment. */
    private static String drill(PlannedSlot slot) {
        return DrillNames.next(slot.runbook(), Clock.fixed(slot.due(), ZoneOffset.UTC));
    }
}
