package dev.muster.orchestrator.followup;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.pack.PackContents;
import dev.muster.evidence.pack.Period;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerPart;
import dev.muster.outlook.management.Management;
import dev.muster.outlook.management.ManagementView;
import dev.muster.signing.KeyRing;
import dev.muster.signing.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Packs all evidence of a period for an auditor, signed, and with nothing left out. */
public final class Exporting {
    private final Ledger ledger;
    private final Catalog catalog;
    private final Evidence evidence;
    private final KeyRing keys;
    private final Path folder;
    private final Supplier<List<Runbook>> runbooks;

    /**
     * Exports from a folder of evidence.
     *
     * @param runbooks those of this installation that have no mistakes
     */
    public Exporting(
            Ledger ledger,
            Catalog catalog,
            Evidence evidence,
            KeyRing keys,
            Path folder,
            Supplier<List<Runbook>> runbooks) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.evidence = evidence;
        this.keys = keys;
        this.folder = folder;
        this.runbooks = runbooks;
    }

    /**
     * What was exported.
     *
     * @param events how many events of the ledger are in it
     * @param missing what should be in it and is not
     */
    public record Exported(Path pack, Period period, int events, List<Problem> missing) {
        public Exported {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Writes a pack.
     *
     * @param since a checkpoint that the auditor has
     */
    public Exported export(Period period, Optional<Checkpoint> since, Path output) throws InterruptedException {
        Signer signer = keys.evidence();
        Signer ledgerSigner = keys.ledger();
        LedgerPart part = ledger.part(period.from(), period.to(), since, ledgerSigner);
        // A runbook with mistakes names no system, and a drill of it would be refused.
        List<Runbook> sound = runbooks.get();
        Map<String, String> declared = new TreeMap<>();
        sound.forEach(runbook -> declared.put(runbook.name(), runbook.system()));
        Instant end = Stream.of(period.to(), part.now().at())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        ManagementView view = new Management(catalog).view(sound, end, ZoneOffset.UTC);
        List<Problem> missing = evidence.export(
                new PackContents(period, part, bundles(part), declared, view), signer, ledgerSigner, output);
        return new Exported(output, period, part.excerpt().lines().size(), missing);
    }

    /** Where each drill's bundle lies: as the catalog remembers, or else where bundles are kept. */
    private Map<String, Path> bundles(LedgerPart part) {
        Map<String, Path> bundles = new TreeMap<>();
        for (String drill : part.excerpt().events().stream()
                .filter(event -> event.kind().terminal())
                .map(event -> event.drill())
                .distinct()
                .toList()) {
            bundles.put(
                    drill,
                    catalog.find(drill)
                            .filter(found -> found.drill().equals(drill))
                            .flatMap(DrillSummary::bundle)
                            .map(Path::of)
                            .filter(Files::exists)
                            .orElse(folder.resolve("drill-" + drill + ".zip")));
        }
        return bundles;
    }
}
