package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.EventKind;
import dev.muster.drill.Finding;
import dev.muster.drill.Forecast;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.Programme;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.EvidenceDraft;
import dev.muster.evidence.Sealed;
import dev.muster.evidence.Unfinished;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.outside.Safekeeping;
import dev.muster.orchestrator.written.WrittenDrill;
import dev.muster.orchestrator.written.WrittenEnd;
import dev.muster.signing.KeyRing;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.timestamp.TimestampAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
    private final KeyRing keys;
    private final Optional<TimestampAuthority> authority;
    private final Path folder;
    private final PastDrills pastDrills;
    private final Teller teller;
    private final Clock clock;

    /**
     * Ends drills and leaves their evidence in a folder.
     *
     * @param keys those that sign it
     * @param authority gives it a timestamp, where there is one
     * @param organisation whose drills they are
     * @param teller hears of each end
     */
    public Concluder(
            Ledger ledger,
            Catalog catalog,
            Evidence evidence,
            Safekeeping safekeeping,
            KeyRing keys,
            Optional<TimestampAuthority> authority,
            Path folder,
            Optional<String> organisation,
            Teller teller,
            Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.evidence = evidence;
        this.safekeeping = safekeeping;
        this.keys = keys;
        this.authority = authority;
        this.folder = folder;
        this.pastDrills = new PastDrills(ledger, catalog, organisation);
        this.teller = teller;
        this.clock = clock;
    }

    /**
     * Finds out before a drill, rather than after it, that its evidence could not be signed, and with which key it is
     * going to be. A key that is not there now would most likely not be there afterwards either, and nothing is lost
     * yet; a timestamp authority is not asked, since evidence is sound without and is stamped later.
     */
    PublicKeyText ready() {
        keys.ledger();
        return keys.evidence().publicKey();
    }

    Conclusion conclude(Notes notes, PublicKeyText key, Optional<Verdict> stopped, Optional<TeardownReceipt> receipt)
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
        List<LedgerEvent> events = of(notes.drill);
        Optional<EvidenceDraft> draft = Optional.empty();
        try {
            draft = Optional.of(evidence.draft(record, events, key));
            Signer ledgerKey = keys.ledger();
            Sealed sealed = Evidence.seal(
                    draft.get(),
                    ledger.prove(events, ledgerKey),
                    keys.evidence(),
                    ledgerKey.publicKey(),
                    authority,
                    folder);
            bundle = Optional.of(sealed.bundle());
            details.put("bundle sha256", Evidence.sha256(sealed.bundle()));
            sealed.untimed().ifPresent(problem -> {
                troubles.add(problem);
                details.put("timestamp", "none: " + problem.what());
            });
        } catch (RuntimeException unsigned) {
            Problem reason = unsigned instanceof CouldNotRun unable ? unable.problem() : Unexpected.problem(unsigned);
            troubles.add(reason);
            details.put("evidence", "not written: " + reason.what());
            draft.ifPresent(left -> keep(left, troubles, details));
        }
        try {
            if (bundle.isPresent()) {
                report = Optional.of(Evidence.page(bundle.get()));
            }
        } catch (CouldNotRun unwritable) {
            troubles.add(unwritable.problem());
        }
        ledger.append(
                record.verdict() == Verdict.ABORTED ? EventKind.ABORTED : EventKind.FINISHED, notes.drill, details);
        WrittenDrill written = WrittenDrill.of(WrittenRecord.of(record));
        catalog.remember(written.summary(bundle.map(Path::toString)));
        troubles.addAll(figures(written));
        // Only rows of a drill that passed are worth comparing with.
        notes.census().filter(census -> record.verdict() == Verdict.PASSED).ifPresent(catalog::remember);
        troubles.addAll(checkpoint());
        teller.ended(record, bundle);
        return new Conclusion(record, bundle, report, List.copyOf(new LinkedHashSet<>(troubles)));
    }

    private List<LedgerEvent> of(String drill) {
        return ledger.events().stream()
                .filter(event -> event.drill().equals(drill))
                .toList();
    }

    /** Figures in the catalog are copies for pages: a drill does not depend on them. */
    private List<Problem> figures(WrittenDrill written) {
        try {
            new Figures(catalog).remember(written.figures());
            return List.of();
        } catch (CouldNotRun unable) {
            return List.of(unable.problem());
        }
    }

    /** Tells the catalog of a drill that was refused. */
    void refused(QueuedDrill queued, Problem reason) {
        WrittenEnd.summary(of(queued.drill())).ifPresent(catalog::remember);
        teller.tell(new News(
                News.Kind.COULD_NOT_RUN,
                queued.system(),
                Optional.of(queued.system()),
                Optional.of(queued.drill()),
                clock.instant(),
                reason.what(),
                Optional.of(reason)));
    }

    /** Keeps what the ledger is after the drill; whatever goes wrong there changes nothing about the drill. */
    private List<Problem> checkpoint() throws InterruptedException {
        try {
            return safekeeping.keep(keys.ledger()).troubles();
        } catch (CouldNotRun unable) {
            return List.of(unable.problem());
        }
    }

    /** A verdict that took hours is not lost to a key that is away. */
    private void keep(EvidenceDraft draft, List<Problem> troubles, Map<String, String> details) {
        Unfinished unfinished = new Unfinished(folder);
        try {
            details.put("draft sha256", unfinished.keep(draft));
            troubles.add(
                    0,
                    new Problem(
                            "The evidence is not signed yet",
                            unfinished.place(draft.drill()).toString(),
                            "Nothing is lost: mend what is said below, then run `muster evidence complete "
                                    + draft.drill() + "`."));
        } catch (CouldNotRun lost) {
            troubles.add(lost.problem());
        }
    }

    private DrillRecord record(Notes notes, Optional<Verdict> stopped, Optional<TeardownReceipt> receipt) {
        Result result = Result.of(notes, stopped);
        List<Problem> problems = new ArrayList<>(notes.problems());
        if (stopped.isEmpty()) {
            problems.addAll(
                    MissedObjectives.of(notes.request.runbook(), result.rpo(), result.rto(), result.processes()));
        }
        Instant finished = clock.instant();
        Programme programme = pastDrills.around(notes, finished, result);
        DrillRecord measured = record(notes, result, problems, finished, receipt, programme);
        List<Forecast> outlook = pastDrills.outlook(
                notes, WrittenDrill.of(WrittenRecord.of(measured)).figures(), finished);
        return record(notes, result, problems, finished, receipt, programme.with(outlook));
    }

    private static DrillRecord record(
            Notes notes,
            Result result,
            List<Problem> problems,
            Instant finished,
            Optional<TeardownReceipt> receipt,
            Programme programme) {
        return new DrillRecord(
                notes.drill,
                notes.request,
                notes.planned,
                notes.started(),
                finished,
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
                notes.proof(),
                programme,
                notes.approval(),
                notes.log());
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
}
