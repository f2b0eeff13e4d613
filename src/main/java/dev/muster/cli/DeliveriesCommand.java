package dev.muster.cli;

import dev.muster.catalog.news.Attempt;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.Problem;
import dev.muster.orchestrator.document.Documents;
import dev.muster.template.Legible;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster deliveries}: who was told of what. */
@Command(
        name = "deliveries",
        description = "Shows who was told of what, what still waits, and what went wrong; the newest first.")
final class DeliveriesCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most this many; else ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            List<Delivery> deliveries = new Outbox(workshop.catalog()).newest(limit);
            if (muster.json()) {
                new Json()
                        .with("deliveries", Json.list(deliveries, one -> Json.of(Documents.delivery(one))))
                        .print(muster.terminal());
            } else if (deliveries.isEmpty()) {
                muster.terminal()
                        .out()
                        .println("Nobody was told of anything yet. Name receivers under `telling:` in the settings.");
            } else {
                say(deliveries);
            }
            return ExitCode.PASSED;
        }
    }

    private void say(List<Delivery> deliveries) {
        Table table = new Table("at", "news", "of", "receiver", "", "tries", "");
        deliveries.forEach(one -> table.row(
                Words.instant(one.written()),
                one.news().kind().name(),
                Legible.of(one.news().subject()),
                one.receiver(),
                one.state().name(),
                Integer.toString(one.attempts()),
                one.last()
                        .flatMap(Attempt::problem)
                        .map(Problem::toString)
                        .or(() -> one.last().map(Attempt::answer))
                        .orElse("")));
        table.lines().forEach(muster.terminal().out()::println);
    }
}
