package dev.muster.cli;

import dev.muster.orchestrator.document.Documents;
import dev.muster.telling.Answer;
import dev.muster.telling.Couriers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster tell}: tries a receiver. */
@Command(name = "tell", description = "Sends a receiver a message that says that it is only a test.")
final class TellCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(
            names = "--try",
            paramLabel = "NAME",
            required = true,
            description = "The receiver, as the settings name it under telling.")
    private String receiver;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop();
                Couriers couriers = workshop.couriers()) {
            Answer answer = couriers.attempt(receiver);
            if (muster.json()) {
                new Json()
                        .with("receiver", receiver)
                        .with("answer", answer.said())
                        .with("problem", answer.problem().map(problem -> Json.of(Documents.problem(problem))))
                        .print(muster.terminal());
            } else {
                muster.terminal()
                        .out()
                        .println(answer.problem()
                                .map(problem -> receiver + " was not told: " + problem)
                                .orElse(receiver + " has the test: " + answer.said()));
            }
            return answer.problem().isEmpty() ? ExitCode.PASSED : ExitCode.COULD_NOT_RUN;
        }
    }
}
