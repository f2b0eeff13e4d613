package dev.muster.orchestrator.rebuild;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.BundleCheck;
import dev.muster.evidence.bundle.Layout;
import dev.muster.evidence.bundle.Trust;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.orchestrator.written.WrittenDrill;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file that is called like a bundle: it is believed only when it is whole, ours, and the one that the ledger noted. */
final class Found {
    private static final String BUNDLE_DIGEST = "bundle sha256";

    private final Path file;
    private final Trust trust;
    private final Map<String, List<LedgerEvent>> ledger;

    /** @param ledger its lines by drill */
    Found(Path file, Trust trust, Map<String, List<LedgerEvent>> ledger) {
        this.file = file;
        this.trust = trust;
        this.ledger = ledger;
    }

    /** Why a bundle is not believed. */
    static final class NotBelieved extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Rebuilt.LeftOut leftOut;

        NotBelieved(Path file, Outcome outcome, Problem problem) {
            super(problem.what());
            this.leftOut = new Rebuilt.LeftOut(file, outcome, problem);
        }

        Rebuilt.LeftOut leftOut() {
            return leftOut;
        }
    }

    WrittenDrill drill() throws NotBelieved {
        try {
            Verification verification = new BundleCheck(file, trust.keys(), trust.anchors()).verify();
            if (verification.outcome() != Outcome.VALID) {
                throw new NotBelieved(
                        file, verification.outcome(), verification.problems().get(0));
            }
            return drill(Json.read(BundleFile.read(file).files().getOrDefault(Bundle.DOCUMENT, new byte[0]))
                    .map(WrittenRecord::new)
                    .orElseThrow());
        } catch (CouldNotRun unreadable) {
            throw new NotBelieved(file, Outcome.INVALID, unreadable.problem());
        }
    }

    private WrittenDrill drill(WrittenRecord record) throws NotBelieved {
        Optional<Problem> foreign =
                new Layout(record.schema()).foreign(file + "!" + Bundle.DOCUMENT, "muster verify " + file);
        if (foreign.isPresent()) {
            throw new NotBelieved(file, Outcome.INVALID, foreign.get());
        }
        if (!file.getFileName().toString().equals("drill-" + record.drill() + ".zip")) {
            throw new NotBelieved(
                    file,
                    Outcome.INVALID,
                    new Problem(
                            "The bundle is of the drill " + record.drill() + " and is called otherwise",
                            file.toString(),
                            "It is a copy, or was renamed. Call it drill-" + record.drill()
                                    + ".zip if there is none of that name yet, else move it away."));
        }
        List<LedgerEvent> events = ledger.getOrDefault(record.drill(), List.of());
        if (!noted(events)) {
            throw new NotBelieved(
                    file,
                    Outcome.INVALID,
                    new Problem(
                            "The bundle is not the one that the ledger has the digest of",
                            file.toString(),
                            "It was signed with a key of this installation, and exchanged afterwards. Put the original"
                                    + " back from a copy; `muster ledger show --drill " + record.drill()
                                    + " --json` has its digest."));
        }
        try {
            WrittenDrill named = named(record, events);
            named.summary(Optional.empty());
            named.figures();
            return named;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException unreadable) {
            throw new NotBelieved(
                    file,
                    Outcome.INVALID,
                    new Problem(
                            "The record of the drill cannot be understood (" + unreadable.getMessage() + ")",
                            file + "!" + Bundle.DOCUMENT,
                            "A secret could be masked where an instant or a word stood. The bundle is whole; its report"
                                    + " can be read: `muster report " + record.drill() + "`."));
        }
    }

    /** Whether the ledger, as far as it knows, noted this very file. */
    private boolean noted(List<LedgerEvent> events) {
        List<String> digests = events.stream()
                .flatMap(event -> Optional.ofNullable(event.details().get(BUNDLE_DIGEST)).stream())
                .toList();
        return digests.isEmpty() || digests.contains(Evidence.sha256(file));
    }

    /** What is a name in the ledger could be masked in the record. */
    private static WrittenDrill named(WrittenRecord record, List<LedgerEvent> events) {
        WrittenDrill written = WrittenDrill.of(record);
        Map<String, String> planned =
                events.stream().findFirst().map(LedgerEvent::details).orElse(Map.of());
        return new WrittenDrill(
                record,
                planned.getOrDefault("runbook", written.runbook()),
                planned.getOrDefault("system", written.system()));
    }
}
