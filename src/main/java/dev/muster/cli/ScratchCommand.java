package dev.muster.cli;

import dev.muster.drill.OpenScratch;
import dev.muster.drill.TeardownReceipt;
import dev.muster.orchestrator.document.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster scratch}: open scratches, those left behind included. */
@Command(
        name = "scratch",
        description = "Open scratches, those left behind by a crash included.",
        subcommands = {ScratchCommand.ListAll.class, ScratchCommand.Extend.class, ScratchCommand.Remove.class})
final class ScratchCommand {
    @ParentCommand
    private MusterCommand muster;

    private static Json json(OpenScratch scratch) {
        return Json.of(Documents.scratch(scratch));
    }

    /** {@code muster scratch list}. */
    @Command(
            name = "list",
            description = "Lists scratches, and closes in the ledger the drills whose process has died.")
    static final class ListAll implements Callable<Integer> {
        @ParentCommand
        private ScratchCommand scratch;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = scratch.muster;
            try (Workshop workshop = muster.workshop()) {
                List<String> closed = workshop.reaper().closeAbandoned();
                List<OpenScratch> open = workshop.reaper().scratches();
                if (muster.json()) {
                    new Json()
                            .with("scratches", Json.list(open, ScratchCommand::json))
                            .with("closed", closed)
                            .print(muster.terminal());
                    return ExitCode.PASSED;
                }
                if (open.isEmpty()) {
                    muster.terminal().out().println("No scratch is open.");
                }
                Table table = new Table("scratch", "state", "expires", "size", "processes", "place");
                open.forEach(each -> table.row(
                        each.id(),
                        Documents.state(each),
                        Words.instant(each.expires()),
                        Words.bytes(each.bytes()),
                        Integer.toString(each.processes().size()),
                        each.place()));
                if (!open.isEmpty()) {
                    table.lines().forEach(muster.terminal().out()::println);
                }
                open.stream()
                        .filter(OpenScratch::kept)
                        .forEach(each -> muster.terminal().out().println("\n" + each.id() + "\n" + each.reach()));
                closed.forEach(drill -> muster.terminal()
                        .err()
                        .println("closed " + drill + " as ABORTED: its process ended without closing it"));
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster scratch extend}. */
    @Command(name = "extend", description = "Keeps a scratch open longer.")
    static final class Extend implements Callable<Integer> {
        @ParentCommand
        private ScratchCommand scratch;

        @Parameters(paramLabel = "ID", description = "The scratch, as `muster scratch list` names it.")
        private String id;

        @Option(names = "--by", paramLabel = "DURATION", required = true, description = "How much longer, such as 2h.")
        private String by;

        @Override
        public Integer call() throws Exception {
            try (Workshop workshop = scratch.muster.workshop()) {
                OpenScratch extended = workshop.reaper().extend(id, Requests.duration(by, "--by"));
                if (scratch.muster.json()) {
                    json(extended).print(scratch.muster.terminal());
                } else {
                    scratch.muster
                            .terminal()
                            .out()
                            .println(id + " stays open until " + Words.instant(extended.expires()));
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster scratch remove}. */
    @Command(name = "remove", description = "Removes scratches with every process that runs in them.")
    static final class Remove implements Callable<Integer> {
        @ParentCommand
        private ScratchCommand scratch;

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Scratches, as `muster scratch list` names them.")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--left-behind", description = "All that a crash left behind.")
        private boolean leftBehind;

        @Option(names = "--expired", description = "All whose time to live is over, wherever they are.")
        private boolean expired;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = scratch.muster;
            if (ids.isEmpty() && !leftBehind && !expired) {
                throw new ParameterException(spec.commandLine(), "Name a scratch, or say --left-behind or --expired.");
            }
            try (Workshop workshop = muster.workshop()) {
                List<String> all = new ArrayList<>(ids);
                if (leftBehind) {
                    workshop.reaper().scratches().stream()
                            .filter(each -> Documents.state(each).equals("left behind"))
                            .map(OpenScratch::id)
                            .forEach(all::add);
                }
                List<TeardownReceipt> receipts =
                        new ArrayList<>(expired ? workshop.reaper().removeExpired() : List.of());
                all.removeAll(receipts.stream().map(TeardownReceipt::scratch).toList());
                all.stream().distinct().map(workshop.reaper()::remove).forEach(receipts::add);
                if (muster.json()) {
                    new Json()
                            .with("receipts", Json.list(receipts, receipt -> Json.of(Documents.receipt(receipt))))
                            .print(muster.terminal());
                } else {
                    receipts.forEach(receipt -> muster.terminal()
                            .out()
                            .println(receipt.scratch()
                                    + (receipt.removed()
                                            ? " removed"
                                            : " NOT removed; left behind: "
                                                    + String.join(", ", receipt.leftBehind()))));
                }
                return receipts.stream().allMatch(TeardownReceipt::removed) ? ExitCode.PASSED : ExitCode.COULD_NOT_RUN;
            }
        }
    }
}
