package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster show}: one drill. */
@Command(name = "show", description = "Shows one past drill.")
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "ID", description = "The drill, or an unambiguous beginning of its name.")
    private String drill;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            DrillSummary found = PastDrill.find(workshop, drill);
            Json document = DrillsCommand.json(found)
                    .with("events", Json.list(LedgerCommand.of(workshop, found.drill()), LedgerCommand::json));
            if (muster.json()) {
                document.print(muster.terminal());
                return ExitCode.PASSED;
            }
            DrillsCommand.json(found)
                    .fields()
                    .forEach((name, value) -> muster.terminal()
                            .out()
                            .println(String.format("%-11s %s", name, value == null ? "not measured" : value)));
            LedgerCommand.of(workshop, found.drill())
                    .forEach(event -> muster.terminal().out().println(LedgerCommand.line(event)));
            return ExitCode.PASSED;
        }
    }
}
