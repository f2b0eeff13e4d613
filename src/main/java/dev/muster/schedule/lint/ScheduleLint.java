package dev.muster.schedule.lint;

import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Runbook;
import dev.muster.drill.SchedulePlan;
import dev.muster.drill.Span;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import dev.muster.runbook.yaml.StrictReader;
import dev.muster.schedule.Timetable;
import dev.muster.schedule.calendar.Calendars;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What cannot be as the schedules of all runbooks say, each with its place in a file. */
public final class ScheduleLint {
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MANY = 10_000;

    private final Map<String, Runbook> runbooks;
    private final Calendars calendars;
    private final Timetable timetable;
    private final Instant now;

    public ScheduleLint(List<Runbook> runbooks, Calendars calendars, Instant now) {
        this.runbooks = runbooks.stream()
                .collect(Collectors.toMap(Runbook::name, Function.identity(), (first, second) -> first));
        this.calendars = calendars;
        this.timetable = new Timetable(runbooks, calendars);
        this.now = now;
    }

    /** What is wrong with the schedule of one runbook. */
    public List<Misprint> misprints(Runbook runbook) {
        if (runbook.schedule().isEmpty()) {
            return List.of();
        }
        SchedulePlan plan = runbook.schedule().get();
        Entry root = new StrictReader("runbook")
                .read(Path.of(runbook.file()), Map.of())
                .root();
        Entry schedule = root.at("schedule");
        List<Misprint> misprints = new ArrayList<>(calendarsKnown(schedule));
        List<PlannedSlot> slots;
        try {
            slots = slots(runbook);
        } catch (IllegalArgumentException notUnderstood) {
            Entry cron = schedule.at("cron");
            misprints.add(cron.misprint(
                    "`" + cron.path() + "` cannot be understood: " + notUnderstood.getMessage(),
                    "Write it like \"0 0 3 ? * SUN#1\" for the first Sunday at three."));
            return misprints;
        }
        if (misprints.isEmpty()) {
            comesAtAll(runbook, slots, schedule).ifPresent(misprints::add);
            follows(runbook, plan, slots, schedule.at("after")).ifPresent(misprints::add);
            fulfils(runbook, root.at("objectives").at("provenEvery")).ifPresent(misprints::add);
        }
        return misprints;
    }

    /** Those of a year. */
    private List<PlannedSlot> slots(Runbook runbook) {
        return timetable
                .after(runbook, now)
                .takeWhile(slot -> slot.due().isBefore(now.plus(YEAR)))
                .limit(MANY)
                .toList();
    }

    private List<Misprint> calendarsKnown(Entry schedule) {
        List<Misprint> misprints = new ArrayList<>();
        schedule.at("avoid")
                .items()
                .forEach(item -> item.text()
                        .filter(name -> calendars.find(name).isEmpty())
                        .ifPresent(name -> misprints.add(item.misprint(
                                "`" + item.path() + "` is `" + name
                                        + "`, and there is no such calendar that can be read",
                                calendars.names().isEmpty()
                                        ? "Put " + name + ".yaml or " + name
                                                + ".ics into the folder that `calendars:` in the settings names."
                                        : new Spelling(calendars.names()).advice(name)))));
        return misprints;
    }

    private Optional<Misprint> comesAtAll(Runbook runbook, List<PlannedSlot> slots, Entry schedule) {
        Entry when = schedule.at(schedule.at("cron").present() ? "cron" : "on");
        if (slots.isEmpty() && timetable.after(runbook, now).findFirst().isEmpty()) {
            return Optional.of(when.misprint(
                    "`" + when.path() + "` never comes",
                    "Choose a day that there is, such as the last one of a month."));
        }
        boolean closed = !slots.isEmpty()
                && slots.stream().allMatch(slot -> slot.forbidden().isPresent());
        return closed
                ? Optional.of(schedule.at("avoid")
                        .misprint(
                                "`schedule.avoid` leaves no slot within a year; the first lies in "
                                        + slots.get(0).forbidden().orElse(""),
                                "Move the schedule, or make the windows smaller."))
                : Optional.empty();
    }

    private Optional<Misprint> follows(Runbook runbook, SchedulePlan plan, List<PlannedSlot> slots, Entry after) {
        if (plan.after().isEmpty()) {
            return Optional.empty();
        }
        Runbook other = runbooks.get(plan.after().get());
        if (other == null) {
            return Optional.of(after.misprint(
                    "`" + after.path() + "` is `" + plan.after().get()
                            + "`, and there is no such runbook without mistakes",
                    new Spelling(runbooks.keySet()).advice(plan.after().get())));
        }
        List<String> circle = circle(runbook.name());
        if (!circle.isEmpty()) {
            return Optional.of(after.misprint(
                    "`" + after.path() + "` leads in a circle: " + String.join(" after ", circle),
                    "Let one of them begin without waiting."));
        }
        return together(plan, slots, other)
                ? Optional.empty()
                : Optional.of(after.misprint(
                        "`" + after.path() + "` is `" + other.name()
                                + "`, which is due before this one on no day of the next year",
                        "It has to pass earlier on the same day: bring the two schedules together."));
    }

    /** The names from a runbook over those it waits for back to itself; empty when it does not come back. */
    private List<String> circle(String name) {
        Set<String> way = new LinkedHashSet<>();
        Optional<String> next = Optional.of(name);
        while (next.isPresent() && way.add(next.get())) {
            next = Optional.ofNullable(runbooks.get(next.get()))
                    .flatMap(Runbook::schedule)
                    .flatMap(SchedulePlan::after);
        }
        List<String> circle = new ArrayList<>(way);
        circle.add(name);
        return next.equals(Optional.of(name)) ? circle : List.of();
    }

    private boolean together(SchedulePlan plan, List<PlannedSlot> slots, Runbook other) {
        if (other.schedule().isEmpty() || slots.isEmpty()) {
            return true;
        }
        Map<LocalDate, Instant> first;
        try {
            first = slots(other).stream()
                    .collect(Collectors.toMap(
                            slot -> LocalDate.ofInstant(slot.due(), plan.zone()),
                            PlannedSlot::due,
                            (early, late) -> early));
        } catch (IllegalArgumentException itsOwnMisprint) {
            return true;
        }
        return slots.stream()
                .anyMatch(slot -> Optional.ofNullable(first.get(LocalDate.ofInstant(slot.due(), plan.zone())))
                        .filter(due -> due.isBefore(slot.due()))
                        .isPresent());
    }

    /** The slots of all runbooks of a system together fulfil what was promised of it. */
    private Optional<Misprint> fulfils(Runbook runbook, Entry provenEvery) {
        Optional<Duration> promised = runbook.governance().provenEvery();
        if (promised.isEmpty()) {
            return Optional.empty();
        }
        Set<Instant> due = new HashSet<>(Set.of(now));
        for (Runbook each : runbooks.values()) {
            try {
                if (each.system().equals(runbook.system())) {
                    slots(each).stream()
                            .filter(slot -> slot.forbidden().isEmpty())
                            .forEach(slot -> due.add(slot.due()));
                }
            } catch (IllegalArgumentException itsOwnMisprint) {
                return Optional.empty();
            }
        }
        List<Instant> sorted = due.stream().sorted().toList();
        for (int index = 1; index < sorted.size(); index++) {
            Duration gap = Duration.between(sorted.get(index - 1), sorted.get(index));
            if (gap.compareTo(promised.get()) > 0) {
                return Optional.of(provenEvery.misprint(
                        "`" + provenEvery.path() + "` is shorter than the schedule can fulfil: nothing is due for "
                                + new Span(gap) + " before " + sorted.get(index),
                        "Promise less, or let drills be due more often."));
            }
        }
        return Optional.empty();
    }
}
