package dev.muster.cli;

import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.Timetable;
import dev.muster.schedule.overdue.Overdue;
import dev.muster.schedule.overdue.Proven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster schedule}: what is due next, what became of the last slots, and who is overdue. */
@Command(
        name = "schedule",
        description = "Shows the next slots, what became of the last ones, and which systems are overdue.")
final class ScheduleCommand implements Callable<Integer> {
    private static final int MANY = 1000;

    @ParentCommand
    private MusterCommand muster;

    @Option(
            names = "--until",
            paramLabel = "DURATION",
            defaultValue = "35d",
            description = "How far to look ahead and back; else ${DEFAULT-VALUE}.")
    private String until;

    @Override
    public Integer call() throws Exception {
        Duration far = Requests.duration(until, "--until");
        Instant now = muster.clock().instant();
        try (Workshop workshop = muster.workshop()) {
            List<Shelved> shelved = workshop.library().runbooks();
            List<Runbook> runbooks =
                    shelved.stream().flatMap(one -> one.good().stream()).toList();
            Timetable timetable = new Timetable(runbooks, workshop.calendars().calendars());
            List<Slot> next = timetable.between(now, now.plus(far)).stream()
                    .limit(MANY)
                    .map(PlannedSlot::slot)
                    .toList();
            List<Slot> past = new Slots(workshop.catalog())
                    .between(now.minus(far), now).stream()
                            .filter(slot -> slot.state() != Slot.State.COMING)
                            .toList();
            List<Proven> systems = new Overdue(workshop.library(), workshop.catalog(), workshop.ledger()).systems(now);
            if (muster.json()) {
                print(now, next, past, systems);
            } else {
                say(now, next, past, systems);
            }
            shelved.stream()
                    .flatMap(one -> one.misprints().stream())
                    .forEach(misprint -> muster.terminal().err().println(misprint));
            return ExitCode.PASSED;
        }
    }

    private void print(Instant now, List<Slot> next, List<Slot> past, List<Proven> systems) {
        new Json()
                .with("now", now)
                .with("next", Json.list(next, ScheduleCommand::json))
                .with("past", Json.list(past, ScheduleCommand::json))
                .with(
                        "systems",
                        Json.list(
                                systems,
                                system -> new Json()
                                        .with("system", system.system())
                                        .with("lastPassed", system.last().map(Outcome::drill))
                                        .with("lastPassedAt", system.last().map(Outcome::ended))
                                        .with("provenEverySeconds", system.promised())
                                        .with("overdueFrom", system.until())
                                        .with("overdue", system.overdue(now))
                                        .with("changedSince", system.changed())))
                .print(muster.terminal());
    }

    private static Json json(Slot slot) {
        return new Json()
                .with("runbook", slot.runbook())
                .with("system", slot.system())
                .with("due", slot.due())
                .with("state", slot.state().name())
                .with("why", slot.why())
                .with("drill", slot.drill());
    }

    private void say(Instant now, List<Slot> next, List<Slot> past, List<Proven> systems) {
        if (next.isEmpty()) {
            muster.terminal()
                    .out()
                    .println("Nothing is due in the next " + until + ". Give a runbook a `schedule`, or look further"
                            + " with --until.");
        }
        Table slots = new Table("due", "runbook", "system", "", "");
        Stream.concat(past.stream(), next.stream())
                .forEach(slot -> slots.row(
                        Words.instant(slot.due()),
                        slot.runbook(),
                        slot.system(),
                        slot.state().name(),
                        slot.why().or(slot::drill).orElse("")));
        if (!next.isEmpty() || !past.isEmpty()) {
            slots.lines().forEach(muster.terminal().out()::println);
        }
        if (systems.isEmpty()) {
            return;
        }
        Table proven = new Table("system", "last passed", "");
        systems.forEach(system -> proven.row(
                system.system(),
                system.last().map(Outcome::ended).map(Words::instant).orElse("never"),
                state(system, now)));
        muster.terminal().out().println();
        proven.lines().forEach(muster.terminal().out()::println);
    }

    private static String state(Proven system, Instant now) {
        Optional<String> late = system.until()
                .map(until -> (system.overdue(now) ? "OVERDUE since " : "has to pass until ") + Words.instant(until));
        Optional<String> changed =
                system.changed().filter(Boolean::booleanValue).map(yes -> "not proven since its runbook changed");
        return Stream.concat(late.stream(), changed.stream())
                .reduce((first, second) -> first + "; " + second)
                .orElse("");
    }
}
