package dev.muster.schedule.slot;

import dev.muster.drill.Runbook;
import dev.muster.drill.SchedulePlan;
import dev.muster.schedule.calendar.Calendars;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What runbooks and calendars say about slots at the moment. */
final class Rules {
    private final Map<String, Runbook> runbooks;
    private final Calendars calendars;

    Rules(List<Runbook> runbooks, Calendars calendars) {
        this.runbooks = runbooks.stream()
                .collect(Collectors.toMap(Runbook::name, Function.identity(), (first, second) -> first));
        this.calendars = calendars;
    }

    /** The schedule of a runbook; absent when it has none any more. */
    Optional<SchedulePlan> plan(String runbook) {
        return Optional.ofNullable(runbooks.get(runbook)).flatMap(Runbook::schedule);
    }

    Optional<String> forbid(SchedulePlan plan, Instant moment) {
        return calendars.forbid(plan.avoid(), moment, plan.zone());
    }

    /** The day on which another runbook has to pass for a slot. */
    static Day day(SchedulePlan plan, Instant moment) {
        ZoneId zone = plan.zone();
        LocalDate date = LocalDate.ofInstant(moment, zone);
        return new Day(
                date,
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /**
     * A day somewhere.
     *
     * @param ends the first moment after it
     */
    record Day(LocalDate date, Instant begins, Instant ends) {}
}
