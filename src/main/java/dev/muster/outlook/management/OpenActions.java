package dev.muster.outlook.management;

import dev.muster.catalog.figures.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * What was begun to put findings right, and is not done.
 *
 * @param open the oldest first
 * @param at the moment that is meant
 * @param today its day
 */
public record OpenActions(List<Action> open, Instant at, LocalDate today) {
    public OpenActions {
        open = List.copyOf(open);
    }

    /** How old an action is. */
    public enum Age {
        UP_TO_30_DAYS,
        UP_TO_90_DAYS,
        OVER_90_DAYS
    }

    /** Those that were open at a moment, whatever became of them later. */
    static OpenActions of(List<Action> all, Instant at, ZoneId zone) {
        return new OpenActions(
                all.stream()
                        .filter(action -> action.opened().isBefore(at))
                        .filter(action -> action.closed()
                                .filter(closed -> closed.isBefore(at))
                                .isEmpty())
                        .sorted(Comparator.comparing(Action::opened)
                                .thenComparing(Action::drill)
                                .thenComparing(Action::id))
                        .toList(),
                at,
                LocalDate.ofInstant(at, zone));
    }

    /** Whole days since it was opened. */
    public long days(Action action) {
        return Duration.between(action.opened(), at).toDays();
    }

    public Age age(Action action) {
        long days = days(action);
        return days <= 30 ? Age.UP_TO_30_DAYS : days <= 90 ? Age.UP_TO_90_DAYS : Age.OVER_90_DAYS;
    }

    public List<Action> of(Age age) {
        return open.stream().filter(action -> age(action) == age).toList();
    }

    /** Those whose day is over, the longest overdue first. */
    public List<Action> overdue() {
        return open.stream()
                .filter(this::overdue)
                .sorted(Comparator.comparing(action -> action.due().orElseThrow()))
                .toList();
    }

    public boolean overdue(Action action) {
        return action.due().filter(due -> due.isBefore(today)).isPresent();
    }
}
