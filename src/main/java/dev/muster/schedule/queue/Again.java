package dev.muster.schedule.queue;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.SchedulePlan;
import dev.muster.orchestrator.DrillNames;
import dev.muster.orchestrator.Fate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides whether the drill of a slot is begun again. One that could not run is, as often as its runbook says; one whose
 * process is gone is once in any case, since its slot was not proven. A drill that failed never is.
 */
final class Again {
    private final Wishes wishes;
    private final Clock clock;

    Again(Wishes wishes, Clock clock) {
        this.wishes = wishes;
        this.clock = clock;
    }

    /**
     * The next attempt.
     *
     * @param notBefore absent means at once
     */
    record Next(QueuedDrill drill, Optional<Instant> notBefore) {}

    Optional<Next> after(QueuedDrill drill, Fate fate) {
        if (drill.slot().isEmpty()) {
            return Optional.empty();
        }
        SchedulePlan.Retry retry = retry(drill);
        return switch (fate) {
            case COULD_NOT_RUN ->
                drill.attempt() <= retry.times()
                        ? Optional.of(next(drill, Optional.of(clock.instant().plus(retry.pause()))))
                        : Optional.empty();
            case ABANDONED ->
                drill.attempt() <= Math.max(1, retry.times())
                        ? Optional.of(next(drill, Optional.empty()))
                        : Optional.empty();
            case NEVER_BEGUN, ENDED -> Optional.empty();
        };
    }

    private SchedulePlan.Retry retry(QueuedDrill drill) {
        try {
            return wishes.due(drill.runbook())
                    .schedule()
                    .map(SchedulePlan::retry)
                    .orElse(SchedulePlan.Retry.NEVER);
        } catch (CouldNotRun gone) {
            return SchedulePlan.Retry.NEVER;
        }
    }

    private Next next(QueuedDrill drill, Optional<Instant> notBefore) {
        return new Next(
                new QueuedDrill(
                        DrillNames.next(drill.runbook(), clock),
                        drill.runbook(),
                        drill.system(),
                        drill.slot(),
                        drill.attempt() + 1,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        drill.askedBy(),
                        drill.trigger(),
                        drill.wish(),
                        QueuedDrill.State.WAITING,
                        drill.approvedBy(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                notBefore);
    }
}
