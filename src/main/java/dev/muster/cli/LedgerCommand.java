package dev.muster.cli;

import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.ledger.Checkpoint;
import dev.muster.orchestrator.document.Documents;
import dev.muster.orchestrator.outside.Safekeeping;
import dev.muster.signing.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster ledger}: the list of every event of every drill. */
@Command(
        name = "ledger",
        description = "The append-only list of every event of every drill.",
        subcommands = {LedgerCommand.Show.class, LedgerCommand.Verify.class, LedgerCommand.Sign.class})
final class LedgerCommand {
    @ParentCommand
    private MusterCommand muster;

    static List<LedgerEvent> of(Workshop workshop, String drill) {
        return workshop.ledger().events().stream()
                .filter(event -> event.drill().equals(drill))
                .toList();
    }

    /** What tells most; all of it is in `--json`. */
    private static final List<String> SHOWN =
            List.of("action", "by", "mistakes", "on", "reason", "removed", "runbook", "system", "verdict");

    static String line(LedgerEvent event) {
        String details = event.details().entrySet().stream()
                .filter(detail -> SHOWN.contains(detail.getKey()))
                .map(detail -> detail.getKey() + " " + detail.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                        "%6d  %s  %-15s  %s  %s",
                        event.sequence(), Words.instant(event.at()), event.kind(), event.drill(), details)
                .stripTrailing();
    }

    static Json json(LedgerEvent event) {
        return Json.of(Documents.event(event));
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

        @Option(
                names = "--since",
                paramLabel = "FILE",
                description = "Compare with this checkpoint, so that a shortened ledger is noticed as well.")
        private @Nullable Path since;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = ledger.muster.workshop()) {
                List<Problem> problems = since == null ? workshop.ledger().verify() : since(workshop, since);
                List<LedgerEvent> events =
                        problems.isEmpty() ? workshop.ledger().events() : List.of();
                List<Problem> remarks = problems.isEmpty() ? workshop.ledger().remarks() : List.of();
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
                            .with("remarks", Json.list(remarks, DrillJson::problem))
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
                    remarks.forEach(remark -> ledger.muster.terminal().out().println("remark: " + remark));
                } else {
                    problems.forEach(ledger.muster.terminal().out()::println);
                }
                return problems.isEmpty() ? ExitCode.PASSED : ExitCode.EVIDENCE_INVALID;
            }
        }

        private static List<Problem> since(Workshop workshop, Path file) {
            Checkpoint earlier = Checkpoint.read(file);
            boolean known = workshop.keyRing().publicKeys().stream().anyMatch(earlier::signedBy);
            List<Problem> problems = new ArrayList<>(workshop.ledger().verify(earlier));
            if (!known) {
                problems.add(new Problem(
                        "The checkpoint was not signed by a key of this installation",
                        file.toString(),
                        "Take a checkpoint that `muster ledger checkpoint` wrote here; its keys are in "
                                + workshop.keys() + "."));
            }
            return problems;
        }
    }

    /** {@code muster ledger checkpoint}. */
    @Command(
            name = "checkpoint",
            description =
                    "Signs the ledger's size and root hash; kept elsewhere, it shows any later change to what came before.")
    static final class Sign implements Callable<Integer> {
        @ParentCommand
        private LedgerCommand ledger;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Write into this file; else standard output.")
        private @Nullable Path output;

        @Option(
                names = "--heartbeat",
                description = "Note in the ledger that Muster is awake, keep the checkpoint, and put it wherever"
                        + " `ledger.checkpoints` in the settings says; to be called once a day.")
        private boolean heartbeat;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = ledger.muster;
            try (Workshop workshop = muster.workshop()) {
                Signer key = workshop.keyRing().ledger();
                List<Problem> troubles = List.of();
                Checkpoint checkpoint;
                if (heartbeat) {
                    Safekeeping.Kept kept = workshop.safekeeping().heartbeat(key);
                    checkpoint = kept.checkpoint();
                    troubles = kept.troubles();
                } else {
                    checkpoint = workshop.ledger().checkpoint(key);
                }
                if (output != null) {
                    Files.writeString(output, checkpoint.text());
                    muster.terminal().err().println("wrote " + output);
                }
                if (muster.json()) {
                    Json.of(Documents.checkpoint(checkpoint))
                            .with("noteKey", key.publicKey().noteKey(checkpoint.origin()))
                            .with("troubles", Json.list(troubles, DrillJson::problem))
                            .print(muster.terminal());
                } else if (output == null) {
                    muster.terminal().out().print(checkpoint.text());
                }
                troubles.forEach(trouble -> muster.terminal().err().println("muster: " + trouble));
                return troubles.isEmpty() ? ExitCode.PASSED : ExitCode.COULD_NOT_RUN;
            }
        }
    }
}
