package dev.muster.cli;

import dev.muster.drill.Candidate;
import dev.muster.drill.DrillRequest;
import dev.muster.runbook.RunbookText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster backups}: what lies in the vaults. */
@Command(name = "backups", description = "Says what lies in the vaults of a runbook, and what each backup is worth.")
final class BackupsCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "RUNBOOK", description = "A runbook's file, or its name in the runbooks' folder.")
    private String runbook;

    @Option(names = "--at", paramLabel = "T", description = "Judge them for this disaster instant; else now.")
    private @Nullable String at;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = muster.read(workshop, runbook, Map.of());
            if (text.runbook().isEmpty()) {
                return muster.misprints(text.misprints());
            }
            DrillRequest request = Requests.of(
                    text.runbook().get(),
                    Optional.ofNullable(at),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    DrillRequest.Trigger.OPERATOR,
                    muster.clock());
            List<Candidate> candidates = workshop.planner().candidates(request);
            if (muster.json()) {
                new Json()
                        .with("backups", Json.list(candidates, BackupsCommand::json))
                        .print(muster.terminal());
            } else {
                Table table = new Table("asset", "backup", "size", "good for", "state", "why");
                candidates.forEach(candidate -> table.row(
                        candidate.asset().label(),
                        candidate.object().address(),
                        Words.bytes(candidate.object().size()),
                        candidate.claimed().at().map(Words::instant).orElse("not known"),
                        candidate.chosen() ? "chosen" : candidate.complete() ? "usable" : "unusable",
                        candidate.reason()));
                table.lines().forEach(muster.terminal().out()::println);
            }
            return ExitCode.PASSED;
        }
    }

    static Json json(Candidate candidate) {
        return new Json()
                .with("asset", candidate.asset().label())
                .with("object", candidate.object().address())
                .with("size", candidate.object().size())
                .with("lastModified", candidate.object().lastModified())
                .with("version", candidate.object().version())
                .with("etag", candidate.object().etag())
                .with("claimed", candidate.claimed().at())
                .with("claimedFrom", candidate.claimed().formula())
                .with("complete", candidate.complete())
                .with("chosen", candidate.chosen())
                .with("reason", candidate.reason());
    }
}
