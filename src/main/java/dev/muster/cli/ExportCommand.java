package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.evidence.pack.PackContents;
import dev.muster.evidence.pack.Period;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.LedgerPart;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster export}: all evidence of a period in one signed archive. */
@Command(
        name = "export",
        description = "Packs all evidence of a period for an auditor, signed, and with nothing left out;"
                + " exit code 5 when a bundle is lost.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(names = "--from", paramLabel = "DAY", required = true, description = "The first day, such as 2026-01-01.")
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            required = true,
            description = "The last day, which is included. Days are those of UTC.")
    private LocalDate to;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Write the pack into this file.")
    private Path output;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "Show as well that the ledger goes on from this checkpoint, which the auditor has.")
    private @Nullable Path since;

    @Override
    public Integer call() throws Exception {
        if (to.isBefore(from)) {
            throw new WrongUsage(new Problem(
                    "The period ends before it begins", "--from " + from + " --to " + to, "Swap the two days."));
        }
        try (Workshop workshop = muster.workshop()) {
            Period period = new Period(from, to);
            Signer signer = workshop.keyRing().evidence();
            Signer ledger = workshop.keyRing().ledger();
            LedgerPart part = workshop.ledger()
                    .part(period.from(), period.to(), Optional.ofNullable(since).map(Checkpoint::read), ledger);
            PackContents contents = new PackContents(period, part, bundles(workshop, part), declared(workshop));
            List<Problem> missing = workshop.evidence().export(contents, signer, ledger, output);
            if (muster.json()) {
                new Json()
                        .with("pack", output)
                        .with("from", period.from())
                        .with("to", period.to())
                        .with("events", part.excerpt().lines().size())
                        .with("missing", Json.list(missing, DrillJson::problem))
                        .print(muster.terminal());
            } else {
                muster.terminal().out().println("wrote " + output);
                missing.forEach(muster.terminal().out()::println);
            }
            return missing.isEmpty() ? ExitCode.PASSED : ExitCode.EVIDENCE_INVALID;
        }
    }

    /** Where each drill's bundle lies: as the catalog remembers, or else where bundles are kept. */
    private static Map<String, Path> bundles(Workshop workshop, LedgerPart part) {
        Map<String, Path> bundles = new TreeMap<>();
        for (String drill : part.excerpt().events().stream()
                .filter(event -> event.kind().terminal())
                .map(event -> event.drill())
                .distinct()
                .toList()) {
            Path usual = workshop.home().resolve("evidence").resolve("drill-" + drill + ".zip");
            bundles.put(
                    drill,
                    workshop.catalog()
                            .find(drill)
                            .filter(found -> found.drill().equals(drill))
                            .flatMap(DrillSummary::bundle)
                            .map(Path::of)
                            .filter(Files::exists)
                            .orElse(usual));
        }
        return bundles;
    }

    /** The system of each runbook; one with mistakes names none, and a drill of it would be refused. */
    private static Map<String, String> declared(Workshop workshop) throws IOException {
        Map<String, String> declared = new TreeMap<>();
        if (!Files.isDirectory(workshop.runbookFolder())) {
            return declared;
        }
        try (Stream<Path> files = Files.list(workshop.runbookFolder())) {
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> workshop.runbooks().read(file, Map.of()).runbook().stream())
                    .forEach((Runbook runbook) -> declared.put(runbook.name(), runbook.system()));
        }
        return declared;
    }
}
