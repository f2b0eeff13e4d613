package dev.muster.cli;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.History;
import dev.muster.catalog.figures.Action;
import dev.muster.catalog.figures.Actions;
import dev.muster.drill.DrillSummary;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.orchestrator.rebuild.Rebuilt;
import dev.muster.orchestrator.rebuild.Rebuilt.LeftOut;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster catalog}: what is remembered of drills, and how it is made anew. */
@Command(
        name = "catalog",
        description = "Says what the catalog remembers, and makes it anew from evidence.",
        subcommands = {CatalogCommand.Show.class, CatalogCommand.Rebuild.class})
final class CatalogCommand {
    @ParentCommand
    private MusterCommand muster;

    /** {@code muster catalog show}. */
    @Command(name = "show", description = "Says where the catalog lies and how much it remembers.")
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private CatalogCommand command;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = command.muster;
            try (Workshop workshop = muster.workshop()) {
                Catalog catalog = workshop.catalog();
                long drills = new History(catalog).count(History.Filter.ALL);
                Optional<DrillSummary> newest =
                        catalog.newest(Optional.empty(), 1).stream().findFirst();
                List<Action> actions = new Actions(catalog).all();
                long open =
                        actions.stream().filter(one -> one.closed().isEmpty()).count();
                if (muster.json()) {
                    new Json()
                            .with("place", catalog.place())
                            .with("drills", drills)
                            .with("newest", newest.map(DrillSummary::drill))
                            .with("openActions", open)
                            .with("closedActions", actions.size() - open)
                            .print(muster.terminal());
                } else {
                    new Table("catalog", catalog.place())
                            .row("drills", Long.toString(drills))
                            .row("newest", newest.map(DrillSummary::drill).orElse("none yet"))
                            .row("actions", open + " open, " + (actions.size() - open) + " closed")
                            .lines()
                            .forEach(muster.terminal().out()::println);
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster catalog rebuild}. */
    @Command(
            name = "rebuild",
            description =
                    "Makes drills, figures and actions anew from bundles, and from the ledger those that left none;"
                            + " exit code 5 when a bundle is not whole, 6 when one is not trusted.")
    static final class Rebuild implements Callable<Integer> {
        @ParentCommand
        private CatalogCommand catalog;

        @Option(
                names = "--from",
                paramLabel = "DIR",
                description = "The folder that holds the bundles; else this installation's own.")
        private @Nullable Path from;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = catalog.muster;
            try (Workshop workshop = muster.workshop()) {
                Rebuilt rebuilt = workshop.rebuilding()
                        .rebuild(
                                from == null
                                        ? workshop.evidenceFolder()
                                        : from.toAbsolutePath().normalize());
                if (muster.json()) {
                    json(rebuilt).print(muster.terminal());
                } else {
                    print(rebuilt, muster.terminal());
                }
                return rebuilt.worst()
                        .map(worst ->
                                worst == Outcome.INVALID ? ExitCode.EVIDENCE_INVALID : ExitCode.EVIDENCE_NOT_TRUSTED)
                        .orElse(ExitCode.PASSED);
            }
        }

        private static Json json(Rebuilt rebuilt) {
            return new Json()
                    .with("from", rebuilt.folder())
                    .with("fromBundles", rebuilt.fromBundles())
                    .with("fromLedger", rebuilt.fromLedger())
                    .with("kept", rebuilt.kept())
                    .with("actions", rebuilt.actions())
                    .with("leftOut", Json.list(rebuilt.leftOut(), Rebuild::leftOut));
        }

        private static Json leftOut(LeftOut one) {
            return new Json()
                    .with("file", one.file())
                    .with("outcome", one.outcome().name())
                    .with("problem", DrillJson.problem(one.problem()));
        }

        private static void print(Rebuilt rebuilt, Terminal terminal) {
            new Table("drills", "from")
                    .row(Integer.toString(rebuilt.fromBundles()), "bundles in " + rebuilt.folder())
                    .row(Integer.toString(rebuilt.fromLedger()), "the ledger alone: they left no bundle")
                    .row(Long.toString(rebuilt.kept()), "the catalog as it was")
                    .lines()
                    .forEach(terminal.out()::println);
            terminal.out().println(rebuilt.actions() + " actions about findings");
            rebuilt.leftOut().forEach(one -> terminal.err().println("muster: left out: " + one.problem()));
        }
    }
}
