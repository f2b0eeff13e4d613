package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.News;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.written.WrittenEnd;
import dev.muster.scratch.Scratches;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks after what drills left: closes the ledger's entry of those that died, and removes their scratches. */
public final class Reaper {
    private static final String ABANDONED = "abandoned";

    private final Scratches scratches;
    private final Ledger ledger;
    private final Catalog catalog;
    private final Teller teller;
    private final Clock clock;

    public Reaper(Scratches scratches, Ledger ledger, Catalog catalog, Teller teller, Clock clock) {
        this.scratches = scratches;
        this.ledger = ledger;
        this.catalog = catalog;
        this.teller = teller;
        this.clock = clock;
    }

    public List<OpenScratch> scratches() {
        return scratches.list();
    }

    /** Removes one scratch with its processes, and notes it in the ledger. */
    public TeardownReceipt remove(String id) {
        closeAbandoned();
        Optional<OpenScratch> open =
                scratches.list().stream().filter(each -> each.id().equals(id)).findFirst();
        TeardownReceipt receipt = scratches.remove(id);
        open.ifPresent(scratch -> note(scratch.drill(), receipt));
        return receipt;
    }

    public OpenScratch extend(String id, Duration by) {
        return scratches.extend(id, by);
    }

    /** How many scratches are open, the kept ones included. */
    public int openScratches() {
        return scratches.open();
    }

    /** How many of them no drill uses and nobody keeps any more. */
    public int scratchesLeftBehind() {
        return scratches.leftBehind();
    }

    /** Removes the scratches whose time is over. */
    public List<TeardownReceipt> removeExpired() {
        return removeEach(
                scratch -> scratch.expires().isBefore(clock.instant()) && (scratch.kept() || !scratch.owned()));
    }

    /** Removes what a drill has left that nobody conducts any more. */
    public List<TeardownReceipt> removeLeft(String drill) {
        return removeEach(scratch -> scratch.drill().equals(drill) && !scratch.kept() && !scratch.owned());
    }

    /** Removes what a process has left that is gone: nobody needs it until its time is over. */
    public List<TeardownReceipt> removeLeftBehind() {
        return removeEach(scratch -> !scratch.kept() && !scratch.owned());
    }

    private List<TeardownReceipt> removeEach(Predicate<OpenScratch> which) {
        List<TeardownReceipt> receipts = new ArrayList<>();
        for (OpenScratch scratch : scratches.list()) {
            if (which.test(scratch)) {
                removed(scratch).ifPresent(receipts::add);
            }
        }
        return receipts;
    }

    private Optional<TeardownReceipt> removed(OpenScratch scratch) {
        try {
            TeardownReceipt receipt = scratches.remove(scratch.id());
            note(scratch.drill(), receipt);
            return Optional.of(receipt);
        } catch (CouldNotRun unable) {
            if (scratches.list().stream().anyMatch(there -> there.id().equals(scratch.id()) && !inUse(there))) {
                leftBehind(scratch.drill(), scratch.id(), unable.problem());
                throw unable;
            }
            // Another process was faster, or its owner was only silent for a while.
            return Optional.empty();
        }
    }

    private static boolean inUse(OpenScratch scratch) {
        return scratch.owned() && !scratch.kept();
    }

    /** Closes every drill as ABORTED whose process ended without closing it; returns their names. */
    public List<String> closeAbandoned() {
        List<String> closed = new ArrayList<>();
        for (LedgerEvent planned : ledger.openDrills()) {
            if (Owner.from(planned.details()).filter(Owner::gone).isPresent()
                    && close(planned, "the process that conducted it ended without closing it")) {
                closed.add(planned.drill());
            }
        }
        return closed;
    }

    /** Closes a drill of which the caller knows that nobody conducts it any more; what has become of it. */
    public Fate close(String drill, String reason) {
        ledger.openDrills().stream()
                .filter(open -> open.drill().equals(drill))
                .findFirst()
                .ifPresent(planned -> close(planned, reason));
        List<LedgerEvent> events = ledger.events().stream()
                .filter(event -> event.drill().equals(drill))
                .toList();
        return events.stream()
                .filter(event -> event.kind().terminal())
                .findFirst()
                .map(Reaper::fate)
                .orElse(Fate.NEVER_BEGUN);
    }

    private static Fate fate(LedgerEvent end) {
        if (end.details().containsKey(ABANDONED)) {
            return Fate.ABANDONED;
        }
        return Fate.of(Optional.ofNullable(end.details().get("verdict"))
                .map(Verdict::valueOf)
                .orElse(Verdict.COULD_NOT_RUN));
    }

    /** Closes an open drill; false when another process was faster. */
    private boolean close(LedgerEvent planned, String reason) {
        try {
            ledger.append(
                    EventKind.ABORTED,
                    planned.drill(),
                    Map.of("verdict", "ABORTED", "reason", reason, ABANDONED, "true"));
        } catch (CouldNotRun unable) {
            if (ledger.openDrills().stream().anyMatch(open -> open.drill().equals(planned.drill()))) {
                throw unable;
            }
            return false;
        }
        DrillSummary abandoned = WrittenEnd.summary(ledger.events().stream()
                        .filter(event -> event.drill().equals(planned.drill()))
                        .toList())
                .orElseThrow();
        catalog.remember(abandoned);
        teller.tell(new News(
                News.Kind.ABORTED,
                abandoned.system(),
                Optional.of(abandoned.system()),
                Optional.of(abandoned.drill()),
                clock.instant(),
                "The drill was not conducted to its end: " + reason,
                Optional.of(new Problem(
                        "The drill was not conducted to its end: " + reason,
                        abandoned.drill(),
                        "Start it again: `muster run` with the runbook " + abandoned.runbook() + "."))));
        return true;
    }

    private void note(String drill, TeardownReceipt receipt) {
        ledger.append(
                EventKind.SCRATCH_REMOVED,
                drill,
                Map.of(
                        "scratch", receipt.scratch(),
                        "removed", Boolean.toString(receipt.removed()),
                        "left behind", String.join(", ", receipt.leftBehind())));
        if (!receipt.removed()) {
            leftBehind(
                    drill,
                    receipt.scratch(),
                    new Problem(
                            "The scratch could not be removed whole; left behind: "
                                    + String.join(", ", receipt.leftBehind()),
                            receipt.place(),
                            "Remove it with `muster scratch remove " + receipt.scratch() + "`."));
        }
    }

    private void leftBehind(String drill, String scratch, Problem problem) {
        teller.tell(new News(
                News.Kind.LEFT_BEHIND,
                scratch,
                catalog.find(drill).filter(found -> found.drill().equals(drill)).map(DrillSummary::system),
                Optional.of(drill),
                clock.instant(),
                problem.what(),
                Optional.of(problem)));
    }
}
