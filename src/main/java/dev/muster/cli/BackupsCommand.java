package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultState;
import dev.muster.orchestrator.document.Documents;
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
@Command(
        name = "backups",
        description =
                "Says what lies in the vaults of a runbook, what each backup is worth, and whether promises are kept.")
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
            List<VaultState> states = workshop.planner().vaults(request);
            if (muster.json()) {
                json(states).print(muster.terminal());
            } else {
                print(states);
            }
            return ExitCode.PASSED;
        }
    }

    private void print(List<VaultState> states) {
        String between = "";
        for (VaultState state : states) {
            muster.terminal().out().print(between);
            new VaultTable(state, muster.terminal())
                    .lines()
                    .forEach(muster.terminal().out()::println);
            between = System.lineSeparator();
        }
    }

    private static Json json(List<VaultState> states) {
        return new Json()
                .with(
                        "backups",
                        Json.list(
                                states.stream()
                                        .flatMap(state -> state.candidates().stream())
                                        .toList(),
                                candidate -> Json.of(Documents.candidate(candidate))))
                .with("vaults", Json.list(states, BackupsCommand::json));
    }

    private static Json json(VaultState state) {
        return new Json()
                .with("asset", state.source().asset().label())
                .with("vault", state.source().vault())
                .with("prefix", state.source().prefix())
                .with("promised", state.source().promises().words())
                .with("worstLossSeconds", state.worstLoss().map(VaultState.Gap::length))
                .with("gaps", Json.list(state.gaps(), BackupsCommand::json))
                .with(
                        "lockedUntil",
                        Json.list(
                                state.lockedUntil().entrySet(),
                                lock -> new Json().with("key", lock.getKey()).with("until", lock.getValue())))
                .with("answers", Json.list(state.answers(), BackupsCommand::json));
    }

    private static Json json(VaultState.Gap gap) {
        return new Json().with("from", gap.from()).with("to", gap.to()).with("seconds", gap.length());
    }

    private static Json json(VaultAnswer answer) {
        return new Json()
                .with("question", answer.question().label())
                .with("verdict", answer.verdict().map(Enum::name))
                .with("observations", answer.observations())
                .with("problem", answer.problem().map(DrillJson::problem))
                .with(
                        "findings",
                        Json.list(
                                answer.findings(),
                                finding -> DrillJson.problem(finding.problem())
                                        .with("severity", finding.severity().name())));
    }
}
