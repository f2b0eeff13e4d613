package dev.muster.telling.metrics;

import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the schedule has for each system, and what it has missed. */
final class SlotFamilies {
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final Duration BACK = Duration.ofDays(31);

    private final Slots slots;
    private final Clock clock;

    SlotFamilies(Slots slots, Clock clock) {
        this.slots = slots;
        this.clock = clock;
    }

    List<Family> families() {
        Instant now = clock.instant();
        Family next = new Family(
                "muster_system_next_slot_timestamp_seconds", "When a drill is due next by the schedule.", "system");
        slots.next(now, now.plus(AHEAD)).forEach((system, due) -> next.add(due, system));
        Family missed = new Family(
                "muster_system_missed_slots",
                "Slots of the last 31 days that passed without a drill and that none has made up for.",
                "system");
        Map<String, Integer> counts = slots.missed(now.minus(BACK));
        slots.watched().values().stream()
                .map(Watched::system)
                .distinct()
                .forEach(system -> missed.add(counts.getOrDefault(system, 0), system));
        Family look = new Family(
                "muster_schedule_last_look_timestamp_seconds",
                "When any process looked at the schedule last; absent when none ever did.");
        slots.lastLook().ifPresent(look::add);
        return List.of(next, missed, look);
    }
}
