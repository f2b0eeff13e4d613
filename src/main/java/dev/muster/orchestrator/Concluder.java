package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import dev.muster.evidence.Evidence;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.outside.Safekeeping;
import dev.muster.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Ends a drill: measures, judges, writes evidence, closes the ledger's entry and tells the catalog. */
public final class Concluder {
    private final Ledger ledger;
    private final Catalog catalog;
    private final Evidence evidence;
    private final Safekeeping safekeeping;
    private final Path keys;
    private final Path folder;
    private final Clock clock;

    /**
     * Ends drills and leaves their evidence in a folder.
     *
     * @param keys the folder with the keys that sign it
     */
    public Concluder(
            Ledger ledger,
            Catalog catalog,
            Evidence evidence,
            Safekeeping safekeeping,
            Path keys,
            Path folder,
            Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.evidence = evidence;
        this.safekeeping = safekeeping;
        this.keys = keys;
        this.folder = folder;
        this.clock = clock;
    }

    /** Finds out before a drill, rather than after it, that its evidence could not be signed. */
    void ready() {
        SigningKeys.open(keys);
    }

    Conclusion conclude(Notes notes, Optional<Verdict> stopped, Optional<TeardownReceipt> receipt)
            throws InterruptedException {
        Stream.concat(receipt.stream(), notes.attempts().stream().flatMap(one -> one.teardown().stream()))
                .filter(each -> !each.removed())
                .distinct()
                .forEach(left -> notes.found(leftBehind(left)));
        DrillRecord record = record(notes, stopped, receipt);
        List<Problem> troubles = new ArrayList<>();
        Optional<Path> bundle = Optional.empty();
        Optional<Path> report = Optional.empty();
        Map<String, String> details = new TreeMap<>();
        details.put("verdict", record.verdict().name());
        try {
            List<LedgerEvent> events = ledger.events().stream()
                    .filter(event -> event.drill().equals(notes.drill))
                    .toList();
            SigningKeys signing = SigningKeys.open(keys);
            Path written = evidence.write(record, events, ledger.prove(events, signing), signing, folder);
            bundle = Optional.of(written);
            details.put("bundle sha256", sha256(written));
            report = Optional.of(page(written));
        } catch (CouldNotRun unable) {
            troubles.add(unable.problem());
            details.put("evidence", "not written: " + unable.problem().what());
        } catch (IOException unwritable) {
            Problem problem = Unexpected.problem(unwritable);
            troubles.add(problem);
            details.put("evidence", "not written: " + problem.what());
        }
        ledger.append(
                record.verdict() == Verdict.ABORTED ? EventKind.ABORTED : EventKind.FINISHED, notes.drill, details);
        catalog.remember(summary(record, bundle));
        // Only rows of a drill that passed are worth comparing with.
        notes.census().filter(census -> record.verdict() == Verdict.PASSED).ifPresent(catalog::remember);
        troubles.addAll(checkpoint());
        return new Conclusion(record, bundle, report, List.copyOf(new LinkedHashSet<>(troubles)));
    }

    /** Keeps what the ledger is after the drill; whatever goes wrong there changes nothing about the drill. */
    private List<Problem> checkpoint() throws InterruptedException {
        try {
            return safekeeping.keep(SigningKeys.open(keys)).troubles();
        } catch (CouldNotRun unable) {
            return List.of(unable.problem());
        }
    }

    /** The report once more beside its bundle, where a browser can open it. */
    private Path page(Path bundle) throws IOException, InterruptedException {
        String name = bundle.getFileName().toString().replaceFirst("\\.zip$", ".html");
        return Files.writeString(bundle.resolveSibling(name), evidence.render(bundle, "html"));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private DrillRecord record(Notes notes, Optional<Verdict> stopped, Optional<TeardownReceipt> receipt) {
        Result result = Result.of(notes, stopped);
        List<Problem> problems = new ArrayList<>(notes.problems());
        if (stopped.isEmpty()) {
            problems.addAll(
                    MissedObjectives.of(notes.request.runbook(), result.rpo(), result.rto(), result.processes()));
        }
        return new DrillRecord(
                notes.drill,
                notes.request,
                notes.planned,
                notes.started(),
                clock.instant(),
                result.verdict(),
                notes.recoveryPoint(),
                notes.attempts(),
                notes.objectsRead(),
                notes.readings(),
                result.skew(),
                result.rpo(),
                result.rto(),
                result.processes(),
                notes.checks(),
                notes.findings(),
                problems,
                notes.timeline(),
                notes.environment(),
                receipt,
                notes.proof());
    }

    private static Finding leftBehind(TeardownReceipt receipt) {
        return new Finding(
                Finding.Severity.MAJOR,
                new Problem(
                        "The scratch could not be removed whole; left behind: "
                                + String.join(", ", receipt.leftBehind()),
                        receipt.place(),
                        "Remove it with `muster scratch remove " + receipt.scratch() + "`."));
    }

    static DrillSummary summary(DrillRecord record, Optional<Path> bundle) {
        return new DrillSummary(
                record.drill(),
                record.request().runbook().name(),
                record.request().runbook().system(),
                record.planned(),
                Optional.of(record.started()),
                Optional.of(record.finished()),
                Optional.of(record.verdict()),
                record.request().disaster(),
                record.rpo().achieved(),
                record.rto().achieved(),
                inOneLine(record),
                bundle.map(Path::toString));
    }

    private static String inOneLine(DrillRecord record) {
        return record.problems().stream()
                .findFirst()
                .or(() -> record.checks().stream()
                        .flatMap(check -> check.problem().stream())
                        .findFirst())
                .map(Problem::what)
                .orElse(record.checks().size() + " checks passed");
    }
}
