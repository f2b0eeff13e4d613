package dev.muster.outlook.management;

import dev.muster.catalog.figures.Action;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * What was begun to put findings right, and is not done.
 *
 * @param open the oldest first
 */
public record OpenActions(List<OpenAction> open) {
    public OpenActions {
        open = List.copyOf(open);
    }

    /** Those that were open at a moment, whatever became of them later. */
    static OpenActions of(List<Action> all, Instant at, ZoneId zone) {
        return new OpenActions(all.stream()
                .filter(action -> action.opened().isBefore(at))
                .filter(action ->
                        action.closed().filter(closed -> closed.isBefore(at)).isEmpty())
                .sorted(Comparator.comparing(Action::opened)
                        .thenComparing(Action::drill)
                        .thenComparing(Action::id))
                .map(action -> OpenAction.of(action, at, zone))
                .toList());
    }

    public List<OpenAction> of(OpenAction.Age age) {
        return open.stream().filter(action -> action.age() == age).toList();
    }

    /** Those whose day is over, the longest overdue first. */
    public List<OpenAction> overdue() {
        return open.stream()
                .filter(OpenAction::overdue)
                .sorted(Comparator.comparing(action -> action.due().orElseThrow()))
                .toList();
    }
}
