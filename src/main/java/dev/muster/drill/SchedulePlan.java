package dev.muster.drill;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * When a runbook is due.
 *
 * @param cron second, minute, hour, day of the month, month, day of the week, perhaps the year; else {@code on} is there
 * @param on the day of the month in words, such as {@code first Sunday} or {@code last working day}
 * @param at the time of that day
 * @param avoid names of calendars in whose windows no drill starts
 * @param jitter a drill starts up to this much after its slot
 * @param after the runbook that has to have passed first, on the same day
 * @param missed what becomes of a slot at which nobody was there to start it
 * @param retry what becomes of a drill that could not run
 */
public record SchedulePlan(
        Optional<String> cron,
        Optional<String> on,
        LocalTime at,
        ZoneId zone,
        List<String> avoid,
        Duration jitter,
        Optional<String> after,
        WhenMissed missed,
        Retry retry) {
    public SchedulePlan {
        avoid = List.copyOf(avoid);
    }

    /** Nothing but a cron expression. */
    public static SchedulePlan cron(String cron, ZoneId zone) {
        return new SchedulePlan(
                Optional.of(cron),
                Optional.empty(),
                LocalTime.MIDNIGHT,
                zone,
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                WhenMissed.RUN,
                Retry.NEVER);
    }

    /** What becomes of a missed slot once somebody is there again; it stays missed in the ledger either way. */
    public enum WhenMissed {
        RUN,
        SKIP
    }

    /**
     * How often a drill that could not run is tried again, and how long after that.
     *
     * @param times zero means never
     */
    public record Retry(int times, Duration pause) {
        public static final Retry NEVER = new Retry(0, Duration.ZERO);
    }
}
