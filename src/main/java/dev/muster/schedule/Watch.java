package dev.muster.schedule;

import dev.muster.schedule.overdue.OutsideAlarm;
import dev.muster.schedule.overdue.Overdue;
import dev.muster.schedule.slot.SlotKeeping;
import java.time.Instant;
import java.util.Optional;

/** What has to be looked at again and again, so that nothing that was to happen stays away unnoticed. */
public final class Watch {
    private final SlotKeeping slots;
    private final Overdue overdue;
    private final Optional<OutsideAlarm> alarm;

    public Watch(SlotKeeping slots, Overdue overdue, Optional<OutsideAlarm> alarm) {
        this.slots = slots;
        this.overdue = overdue;
        this.alarm = alarm;
    }

    /** Looks once; to be called every minute or so. Outside they hear of it only when all is well. */
    public void look(Instant now) {
        slots.look(now);
        if (overdue.look(now).isEmpty()) {
            alarm.ifPresent(outside -> outside.allIsWell(now));
        }
    }
}
