package dev.muster.schedule.recurrence;

import dev.muster.drill.MonthDays;
import dev.muster.drill.SchedulePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The moments that a schedule names. A time that clocks leave out when they are put forward moves behind the gap; one
 * that they show twice when they are put back counts once, the first time. No moment comes twice.
 */
public final class Recurrence {
    private final WallClock times;
    private final ZoneId zone;

    private Recurrence(WallClock times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * The moments of a schedule.
     *
     * @param holiday the days besides Saturday and Sunday that are no working days
     * @throws IllegalArgumentException when the schedule cannot be understood
     */
    public static Recurrence of(SchedulePlan plan, Predicate<LocalDate> holiday) {
        WallClock times = plan.cron().<WallClock>map(CronTimes::new).orElseGet(() -> monthly(plan, holiday));
        return new Recurrence(times, plan.zone());
    }

    private static WallClock monthly(SchedulePlan plan, Predicate<LocalDate> holiday) {
        String words = plan.on().orElse("");
        MonthDays days = MonthDays.read(words).orElseThrow(() -> new IllegalArgumentException("no day is " + words));
        return new MonthTimes(days, plan.at(), holiday);
    }

    /** The moments after this one, in their order. */
    public Stream<Instant> after(Instant moment) {
        return Stream.iterate(next(moment), Optional::isPresent, earlier -> earlier.flatMap(this::next))
                .flatMap(Optional::stream);
    }

    /** The first moment after this one; absent when there is none within a lifetime. */
    public Optional<Instant> next(Instant moment) {
        Optional<Instant> best = Optional.empty();
        Optional<LocalDateTime> time =
                times.next(LocalDateTime.ofInstant(moment, zone).minus(justLeftOut(moment)));
        while (time.isPresent()) {
            Instant candidate = time.get().atZone(zone).toInstant();
            if (candidate.isAfter(moment)) {
                best = best.filter(candidate::isAfter).or(() -> Optional.of(candidate));
                if (!leftOut(time.get())) {
                    return best;
                }
                // What was left out comes behind the gap, where a later time may come first.
            }
            time = times.next(time.get());
        }
        return best;
    }

    private boolean leftOut(LocalDateTime time) {
        return zone.getRules().getValidOffsets(time).isEmpty();
    }

    /** How much the clocks left out so shortly before that times of it are still to come. */
    private Duration justLeftOut(Instant moment) {
        return Optional.ofNullable(zone.getRules().previousTransition(moment.plusNanos(1)))
                .filter(change ->
                        change.isGap() && moment.isBefore(change.getInstant().plus(change.getDuration())))
                .map(ZoneOffsetTransition::getDuration)
                .orElse(Duration.ZERO);
    }
}
