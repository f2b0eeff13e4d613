package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fault;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Conclusion;
import dev.muster.orchestrator.FaultsWanted;
import dev.muster.orchestrator.fault.Faults;
import dev.muster.orchestrator.fault.Injection;
import dev.muster.runbook.RunbookText;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster prove}: which faults the checks of a runbook catch. */
@Command(
        name = "prove",
        description = "Puts faults into copies of what a drill restored, and says which of them its checks catch.")
final class ProveCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Mixin
    private final DrillOptions options = new DrillOptions();

    @Option(names = "--list", description = "List the faults and make none.")
    private boolean list;

    @Option(names = "--fault", paramLabel = "NAME", description = "Make this fault only; may be given several times.")
    private Set<String> faults = new LinkedHashSet<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draw rows, files and bits as the proof with this seed did; else a new one.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = options.read(muster, workshop);
            if (text.runbook().isEmpty()) {
                return list
                        ? muster.misprints(text.misprints())
                        : new Drilling(muster).refuse(workshop.conductor(), text);
            }
            List<Fault> known = known(text.runbook().get());
            if (list) {
                return list(known);
            }
            DrillRequest request = options.request(muster, text.runbook().get());
            FaultsWanted wanted =
                    new FaultsWanted(seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed, faults);
            Cancellation cancellation = new Cancellation();
            Conclusion told = new Drilling(muster)
                    .run(
                            progress -> workshop.conductor().prove(request, wanted, cancellation, progress),
                            cancellation,
                            conclusion -> tell(conclusion, workshop));
            return ExitCode.of(told.record().verdict());
        }
    }

    private List<Fault> known(Runbook read) {
        List<Fault> known = Faults.of(read).stream().map(Injection::fault).toList();
        Set<String> names = known.stream().map(Fault::name).collect(Collectors.toSet());
        for (String fault : faults) {
            if (!names.contains(fault)) {
                throw new WrongUsage(new Problem(
                        "There is no fault called " + fault + " for this runbook",
                        "--fault",
                        "`muster prove " + options.runbook() + " --list` lists them."));
            }
        }
        return known;
    }

    private int list(List<Fault> known) {
        if (muster.json()) {
            new Json()
                    .with(
                            "faults",
                            Json.list(
                                    known,
                                    fault -> new Json()
                                            .with("name", fault.name())
                                            .with("sentence", fault.sentence())
                                            .with(
                                                    "meant",
                                                    fault.meant().stream()
                                                            .sorted()
                                                            .toList())))
                    .print(muster.terminal());
        } else {
            Table table = new Table("fault", "what is wrong");
            known.forEach(fault -> table.row(fault.name(), fault.sentence()));
            table.lines().forEach(muster.terminal().out()::println);
        }
        return ExitCode.PASSED;
    }

    private Conclusion tell(Conclusion conclusion, Workshop workshop) {
        if (muster.json()) {
            ProofJson.of(conclusion).print(muster.terminal());
        } else {
            ProofSummary.lines(conclusion, workshop.keys(), muster.terminal())
                    .forEach(muster.terminal().out()::println);
        }
        return conclusion;
    }
}
