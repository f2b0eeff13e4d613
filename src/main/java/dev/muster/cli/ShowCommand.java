package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpWords;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.orchestrator.followup.Incomplete;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            Optional<Path> bundle = found.bundle().map(Path::of).filter(Files::exists);
            List<FollowUp> followUps =
                    bundle.map(file -> FollowUps.beside(file).all()).orElse(List.of());
            List<Problem> problems = problems(workshop.followingUp(), found.drill(), bundle);
            Json document = DrillsCommand.json(found)
                    .with("events", Json.list(LedgerCommand.of(workshop, found.drill()), LedgerCommand::json))
                    .with("followUps", Json.list(followUps, ShowCommand::json))
                    .with("problems", Json.list(problems, DrillJson::problem));
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
            followUps.forEach(one -> muster.terminal()
                    .out()
                    .println("Follow-up " + one.number() + ": " + FollowUpWords.sentence(one) + "."));
            problems.forEach(muster.terminal().out()::println);
            return ExitCode.PASSED;
        }
    }

    private static List<Problem> problems(FollowingUp followingUp, String drill, Optional<Path> bundle) {
        List<Problem> problems = new ArrayList<>();
        followingUp.incomplete().stream()
                .filter(one -> one.drill().equals(drill))
                .map(Incomplete::problem)
                .forEach(problems::add);
        bundle.ifPresent(file -> problems.addAll(followingUp.problems(drill, file)));
        return problems;
    }

    private static Json json(FollowUp one) {
        return new Json()
                .with("number", one.number())
                .with("says", FollowUpWords.sentence(one))
                .with("file", one.file())
                .with("sha256", one.sha256());
    }
}
