package dev.muster.cli;

import dev.muster.drill.Asset;
import dev.muster.drill.Candidate;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Selection;
import dev.muster.orchestrator.Plan;
import dev.muster.orchestrator.document.Documents;
import dev.muster.runbook.RunbookText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster plan}: what a drill would use and why. */
@Command(name = "plan", description = "Says what a drill would use and why, and what it would take; touches nothing.")
final class PlanCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Mixin
    private final DrillOptions options = new DrillOptions();

    @Option(
            names = "--seed",
            paramLabel = "DRILL",
            description = "With `select: random`: draw as this past drill had to; else by any seed.")
    private @Nullable String seed;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = options.read(muster, workshop);
            if (text.runbook().isEmpty()) {
                return muster.misprints(text.misprints());
            }
            DrillRequest request = options.request(muster, text.runbook().get());
            Plan plan = workshop.planner().plan(request, Optional.ofNullable(seed));
            if (muster.json()) {
                Json.of(Documents.plan(plan)).print(muster.terminal());
            } else {
                print(plan);
            }
            return plan.obstacles().isEmpty() ? ExitCode.PASSED : ExitCode.COULD_NOT_RUN;
        }
    }

    private static boolean drawsLots(Plan plan) {
        return plan.point().backups().values().stream()
                .anyMatch(backup -> backup.source().select() == Selection.RANDOM
                        && !plan.request().named().containsKey(backup.asset()));
    }

    private void print(Plan plan) {
        Terminal terminal = muster.terminal();
        terminal.out()
                .println(terminal.bold(plan.request().runbook().title()) + ", disaster at "
                        + Words.instant(plan.request().disaster()));
        for (Asset asset : plan.point().backups().keySet()) {
            terminal.out().println();
            terminal.out().println(terminal.bold(asset.label()));
            List<Candidate> candidates = plan.point().candidates().stream()
                    .filter(candidate -> candidate.asset() == asset)
                    .toList();
            new CandidateTable(candidates, Map.of()).lines().forEach(terminal.out()::println);
        }
        terminal.out().println();
        terminal.out().println("to fetch  " + Words.bytes(plan.bytes()));
        terminal.out().println("server    " + plan.server());
        plan.steps().forEach(step -> terminal.out().println("step      " + step));
        if (seed == null && drawsLots(plan)) {
            terminal.out().println("note      drawn by any seed; a drill draws anew, by its own name");
        }
        if (!plan.manifests().isEmpty()) {
            terminal.out().println();
            terminal.out().println(terminal.bold("manifests") + ", in the order in which they would be applied");
            plan.manifests().forEach(terminal.out()::print);
            terminal.out().println("...");
            terminal.out().println();
        }
        plan.obstacles().forEach(obstacle -> terminal.out().println("obstacle  " + obstacle));
    }
}
