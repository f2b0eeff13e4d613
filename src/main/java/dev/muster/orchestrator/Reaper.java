package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.scratch.Scratches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks after what drills left: closes the ledger's entry of those that died, and removes their scratches. */
public final class Reaper {
    private final Scratches scratches;
    private final Ledger ledger;
    private final Catalog catalog;
    private final Clock clock;

    public Reaper(Scratches scratches, Ledger ledger, Catalog catalog, Clock clock) {
        this.scratches = scratches;
        this.ledger = ledger;
        this.catalog = catalog;
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

    /** Removes the scratches whose time is over. */
    public List<TeardownReceipt> removeExpired() {
        List<TeardownReceipt> receipts = new ArrayList<>();
        for (OpenScratch scratch : scratches.list()) {
            if (scratch.expires().isBefore(clock.instant()) && (scratch.kept() || !scratch.owned())) {
                TeardownReceipt receipt = scratches.remove(scratch.id());
                note(scratch.drill(), receipt);
                receipts.add(receipt);
            }
        }
        return receipts;
    }

    /** Closes every drill as ABORTED whose process ended without closing it; returns their names. */
    public List<String> closeAbandoned() {
        List<String> closed = new ArrayList<>();
        for (LedgerEvent planned : ledger.openDrills()) {
            if (Owner.from(planned.details()).filter(Owner::gone).isPresent()) {
                String reason = "the process that conducted it ended without closing it";
                ledger.append(EventKind.ABORTED, planned.drill(), Map.of("verdict", "ABORTED", "reason", reason));
                catalog.remember(abandoned(planned, reason));
                closed.add(planned.drill());
            }
        }
        return closed;
    }

    private void note(String drill, TeardownReceipt receipt) {
        ledger.append(
                EventKind.SCRATCH_REMOVED,
                drill,
                Map.of(
                        "scratch", receipt.scratch(),
                        "removed", Boolean.toString(receipt.removed()),
                        "left behind", String.join(", ", receipt.leftBehind())));
    }

    private DrillSummary abandoned(LedgerEvent planned, String reason) {
        Map<String, String> details = planned.details();
        return new DrillSummary(
                planned.drill(),
                details.getOrDefault("runbook", ""),
                details.getOrDefault("system", ""),
                planned.at(),
                Optional.empty(),
                Optional.of(clock.instant()),
                Optional.of(Verdict.ABORTED),
                Optional.ofNullable(details.get("disaster")).map(Instant::parse).orElse(planned.at()),
                Optional.empty(),
                Optional.empty(),
                reason,
                Optional.empty());
    }
}
