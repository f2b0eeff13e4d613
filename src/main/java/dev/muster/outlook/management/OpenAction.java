package dev.muster.outlook.management;

import dev.muster.catalog.figures.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Something that is to put a finding right, and is not done.
 *
 * @param days whole days since it was opened
 * @param overdue whether its day is over
 */
public record OpenAction(
        String drill,
        String system,
        String id,
        String what,
        Optional<String> owner,
        Instant opened,
        Optional<LocalDate> due,
        long days,
        boolean overdue) {

    /** How old an action is. */
    public enum Age {
        UP_TO_30_DAYS,
        UP_TO_90_DAYS,
        OVER_90_DAYS
    }

    static OpenAction of(Action action, Instant at, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(at, zone);
        return new OpenAction(
                action.drill(),
                action.system(),
                action.id(),
                action.what(),
                action.owner(),
                action.opened(),
                action.due(),
                Duration.between(action.opened(), at).toDays(),
                action.due().filter(due -> due.isBefore(today)).isPresent());
    }

    public Age age() {
        return days <= 30 ? Age.UP_TO_30_DAYS : days <= 90 ? Age.UP_TO_90_DAYS : Age.OVER_90_DAYS;
    }
}
