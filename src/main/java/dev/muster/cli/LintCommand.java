package dev.muster.cli;

import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.RunbookText;
import dev.muster.schedule.calendar.Calendars;
import dev.muster.schedule.lint.ScheduleLint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster lint}: every problem of the runbooks at once. */
@Command(name = "lint", description = "Says every problem of the runbooks: file:line:column, what, and what to do.")
final class LintCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "RUNBOOK", arity = "0..*", description = "Runbooks; else all of the runbooks' folder.")
    private List<String> runbooks = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            List<Misprint> misprints = new ArrayList<>();
            List<Misprint> remarks = new ArrayList<>();
            List<Runbook> read = new ArrayList<>();
            List<String> named = runbooks.isEmpty() ? all(workshop.runbookFolder()) : runbooks;
            for (String each : named) {
                RunbookText text = muster.read(workshop, each, Map.of());
                misprints.addAll(text.misprints());
                remarks.addAll(text.remarks());
                text.runbook().ifPresent(read::add);
            }
            misprints.addAll(schedules(workshop, read));
            if (muster.json()) {
                new Json()
                        .with("misprints", Json.list(misprints, MusterCommand::misprint))
                        .with("remarks", Json.list(remarks, MusterCommand::misprint))
                        .print(muster.terminal());
            } else {
                misprints.forEach(muster.terminal().err()::println);
                remarks.forEach(remark -> muster.terminal().out().println("remark: " + remark));
                if (misprints.isEmpty()) {
                    named.forEach(each -> muster.terminal().out().println(each + ": no problem"));
                }
            }
            return misprints.isEmpty() ? ExitCode.PASSED : ExitCode.WRONG_USAGE;
        }
    }

    /** What is wrong with schedules, among all runbooks there are; of the calendars, when all are looked at. */
    private List<Misprint> schedules(Workshop workshop, List<Runbook> read) {
        Calendars calendars = workshop.calendars().calendars();
        List<Misprint> misprints = new ArrayList<>(runbooks.isEmpty() ? calendars.misprints() : List.of());
        List<Runbook> all = new ArrayList<>(read);
        if (!runbooks.isEmpty()) {
            workshop.library().runbooks().stream()
                    .flatMap(shelved -> shelved.good().stream())
                    .forEach(all::add);
        }
        ScheduleLint lint = new ScheduleLint(all, calendars, muster.clock().instant());
        read.forEach(runbook -> misprints.addAll(lint.misprints(runbook)));
        return misprints;
    }

    private static List<String> all(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new WrongUsage(new Problem(
                    "There is no folder of runbooks",
                    folder.toString(),
                    "Name the runbooks to look at, or the folder under `runbooks:` in the settings."));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Path::toString)
                    .toList();
        }
    }
}
