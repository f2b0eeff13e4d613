package dev.muster.cli;

import dev.muster.drill.Problem;
import dev.muster.evidence.pack.Period;
import dev.muster.ledger.Checkpoint;
import dev.muster.orchestrator.followup.Exporting;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster export}: all evidence of a period in one signed archive. */
@Command(
        name = "export",
        description = "Packs all evidence of a period for an auditor, signed, and with nothing left out;"
                + " exit code 5 when a bundle is lost.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(names = "--from", paramLabel = "DAY", required = true, description = "The first day, such as 2026-01-01.")
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            required = true,
            description = "The last day, which is included. Days are those of UTC.")
    private LocalDate to;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Write the pack into this file.")
    private Path output;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "Show as well that the ledger goes on from this checkpoint, which the auditor has.")
    private @Nullable Path since;

    @Override
    public Integer call() throws Exception {
        if (to.isBefore(from)) {
            throw new WrongUsage(new Problem(
                    "The period ends before it begins", "--from " + from + " --to " + to, "Swap the two days."));
        }
        try (Workshop workshop = muster.workshop()) {
            Exporting.Exported exported = workshop.exporting()
                    .export(new Period(from, to), Optional.ofNullable(since).map(Checkpoint::read), output);
            List<Problem> missing = exported.missing();
            if (muster.json()) {
                new Json()
                        .with("pack", output)
                        .with("from", exported.period().from())
                        .with("to", exported.period().to())
                        .with("events", exported.events())
                        .with("missing", Json.list(missing, DrillJson::problem))
                        .print(muster.terminal());
            } else {
                muster.terminal().out().println("wrote " + output);
                missing.forEach(muster.terminal().out()::println);
            }
            return missing.isEmpty() ? ExitCode.PASSED : ExitCode.EVIDENCE_INVALID;
        }
    }
}
