package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.orchestrator.document.Documents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster drills}: the history. */
@Command(name = "drills", description = "Lists past drills, the newest first.")
final class DrillsCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(names = "--system", paramLabel = "NAME", description = "Only drills of this system.")
    private @Nullable String system;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at the most; else ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            workshop.reaper().closeAbandoned();
            List<DrillSummary> drills = workshop.catalog().newest(Optional.ofNullable(system), limit);
            if (muster.json()) {
                new Json()
                        .with("drills", Json.list(drills, DrillsCommand::json))
                        .print(muster.terminal());
            } else if (drills.isEmpty()) {
                muster.terminal().out().println("No drill yet. Start one with: muster run RUNBOOK");
            } else {
                Table table = new Table("drill", "system", "verdict", "RPO", "RTO", "summary");
                drills.forEach(drill -> table.row(
                        drill.drill(),
                        drill.system(),
                        drill.verdict().map(Words::verdict).orElse("under way"),
                        Words.duration(drill.rpo()),
                        Words.duration(drill.rto()),
                        drill.summary()));
                table.lines().forEach(muster.terminal().out()::println);
            }
            return ExitCode.PASSED;
        }
    }

    static Json json(DrillSummary drill) {
        return Json.of(Documents.drill(drill)).with("bundle", drill.bundle());
    }
}
