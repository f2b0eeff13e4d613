package dev.muster.cli;

import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster ledger}: the list of every event of every drill. */
@Command(
        name = "ledger",
        description = "The append-only list of every event of every drill.",
        subcommands = {LedgerCommand.Show.class, LedgerCommand.Verify.class})
final class LedgerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private MusterCommand muster;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: show or verify.");
    }

    static List<LedgerEvent> of(Workshop workshop, String drill) {
        return workshop.ledger().events().stream()
                .filter(event -> event.drill().equals(drill))
                .toList();
    }

    static String line(LedgerEvent event) {
        String details = event.details().entrySet().stream()
                .filter(detail -> List.of("verdict", "reason", "runbook", "mistakes", "removed")
                        .contains(detail.getKey()))
                .map(detail -> detail.getKey() + " " + detail.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                        "%6d  %s  %-15s  %s  %s",
                        event.sequence(), Words.instant(event.at()), event.kind(), event.drill(), details)
                .stripTrailing();
    }

    static Json json(LedgerEvent event) {
        return new Json()
                .with("sequence", event.sequence())
                .with("at", event.at())
                .with("kind", event.kind().name())
                .with("drill", event.drill())
                .with("details", event.details())
                .with("previous", event.previous())
                .with("digest", event.digest());
    }

    /** {@code muster ledger show}. */
    @Command(name = "show", description = "Lists the events.")
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private LedgerCommand ledger;

        @Option(names = "--drill", paramLabel = "ID", description = "Only events of this drill.")
        private @Nullable String drill;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = ledger.muster.workshop()) {
                List<LedgerEvent> events = drill == null ? workshop.ledger().events() : of(workshop, drill);
                if (ledger.muster.json()) {
                    new Json()
                            .with("events", Json.list(events, LedgerCommand::json))
                            .print(ledger.muster.terminal());
                } else {
                    events.forEach(event -> ledger.muster.terminal().out().println(line(event)));
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster ledger verify}. */
    @Command(
            name = "verify",
            description = "Proves that no event was removed, reordered or rewritten; exit code 5 if one was.")
    static final class Verify implements Callable<Integer> {
        @ParentCommand
        private LedgerCommand ledger;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = ledger.muster.workshop()) {
                List<Problem> problems = workshop.ledger().verify();
                List<LedgerEvent> events =
                        problems.isEmpty() ? workshop.ledger().events() : List.of();
                if (ledger.muster.json()) {
                    new Json()
                            .with("valid", problems.isEmpty())
                            .with("events", events.size())
                            .with(
                                    "head",
                                    events.isEmpty()
                                            ? null
                                            : events.get(events.size() - 1).digest())
                            .with("problems", Json.list(problems, DrillJson::problem))
                            .print(ledger.muster.terminal());
                } else if (problems.isEmpty()) {
                    ledger.muster
                            .terminal()
                            .out()
                            .println("The ledger is whole: " + events.size() + " events"
                                    + (events.isEmpty()
                                            ? ""
                                            : ", head "
                                                    + events.get(events.size() - 1)
                                                            .digest()));
                } else {
                    problems.forEach(ledger.muster.terminal().out()::println);
                }
                return problems.isEmpty() ? ExitCode.PASSED : ExitCode.EVIDENCE_INVALID;
            }
        }
    }
}
