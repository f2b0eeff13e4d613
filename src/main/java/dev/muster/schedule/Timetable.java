package dev.muster.schedule;

import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Runbook;
import dev.muster.drill.SchedulePlan;
import dev.muster.schedule.calendar.Calendars;
import dev.muster.schedule.recurrence.Recurrence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The slots of runbooks as their schedules and the calendars have them, whatever became or becomes of them. */
public final class Timetable {
    private final List<Runbook> runbooks;
    private final Calendars calendars;

    public Timetable(List<Runbook> runbooks, Calendars calendars) {
        this.runbooks = List.copyOf(runbooks);
        this.calendars = calendars;
    }

    /** The slots due from one moment to before another, by time. */
    public List<PlannedSlot> between(Instant from, Instant to) {
        return runbooks.stream()
                .flatMap(runbook -> after(runbook, from.minusNanos(1))
                        .takeWhile(slot -> slot.due().isBefore(to)))
                .sorted(Comparator.comparing(PlannedSlot::due).thenComparing(PlannedSlot::runbook))
                .toList();
    }

    /**
     * The slots of one runbook after a moment, by time and perhaps without end.
     *
     * @throws IllegalArgumentException when its schedule cannot be understood
     */
    public Stream<PlannedSlot> after(Runbook runbook, Instant moment) {
        return runbook.schedule()
                .map(plan -> Recurrence.of(plan, calendars.holidays(plan.avoid()))
                        .after(moment)
                        .map(due -> slot(runbook, plan, due)))
                .orElseGet(Stream::empty);
    }

    private PlannedSlot slot(Runbook runbook, SchedulePlan plan, Instant due) {
        return new PlannedSlot(
                runbook.name(),
                runbook.system(),
                due,
                due.plus(jitter(runbook.name(), due, plan.jitter())),
                calendars.forbid(plan.avoid(), due, plan.zone()));
    }

    /** Scattered, and the same wherever it is asked: two processes agree without talking. */
    private static Duration jitter(String runbook, Instant due, Duration most) {
        UUID scattered = UUID.nameUUIDFromBytes((runbook + " " + due).getBytes(StandardCharsets.UTF_8));
        return Duration.ofSeconds(Math.floorMod(scattered.getMostSignificantBits(), most.toSeconds() + 1));
    }
}
