package dev.muster.schedule.slot;

import dev.muster.catalog.slot.Slots;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.SchedulePlan;
import dev.muster.drill.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which slots a drill may fill now, and how long it still may. */
final class Readiness {
    /** A drill that starts later than this after its moment does not fill the slot. */
    static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final Slots slots;

    Readiness(Slots slots) {
        this.slots = slots;
    }

    List<Slot> ready(Rules rules, Instant now) {
        List<Slot> ready = new ArrayList<>();
        slots.toMakeUp().stream()
                .filter(missed -> rules.plan(missed.runbook())
                        .filter(plan -> free(rules, plan, now) && follows(plan, now))
                        .isPresent())
                .forEach(ready::add);
        slots.due(now).stream()
                .filter(slot -> !slot.starts().isAfter(now)
                        && slot.forbidden().isEmpty()
                        && !over(slot, rules.plan(slot.runbook()), now))
                .filter(slot -> rules.plan(slot.runbook())
                        .filter(plan -> free(rules, plan, now) && follows(plan, slot.due()))
                        .isPresent())
                .map(PlannedSlot::slot)
                .forEach(ready::add);
        return List.copyOf(ready);
    }

    private static boolean free(Rules rules, SchedulePlan plan, Instant now) {
        return rules.forbid(plan, now).isEmpty();
    }

    /** Whether the runbook that has to pass first has passed, on the day of this moment. */
    boolean follows(SchedulePlan plan, Instant moment) {
        Rules.Day day = Rules.day(plan, moment);
        return plan.after()
                .map(other -> slots.passed(other, day.begins(), day.ends()))
                .orElse(true);
    }

    /** Whether it is too late for a drill to fill the slot. */
    boolean over(PlannedSlot slot, Optional<SchedulePlan> plan, Instant now) {
        return now.isAfter(end(slot, plan));
    }

    /** Whoever waits for another runbook, waits until the day is over. */
    static Instant end(PlannedSlot slot, Optional<SchedulePlan> plan) {
        Instant soon = slot.starts().plus(TOLERANCE);
        return plan.filter(one -> one.after().isPresent())
                .map(one -> Rules.day(one, slot.due()).ends())
                .filter(soon::isBefore)
                .orElse(soon);
    }
}
