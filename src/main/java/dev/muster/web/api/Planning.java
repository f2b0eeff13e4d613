package dev.muster.web.api;

import dev.muster.drill.BadBackup;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fleet;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Wish;
import dev.muster.orchestrator.Plan;
import dev.muster.orchestrator.Planner;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import dev.muster.runbook.library.Shelved;
import java.time.Clock;
import java.util.Optional;

/** Says what a drill would use that somebody might ask for. */
final class Planning {
    private final RunbookReader reader;
    private final Planner planner;
    private final Clock clock;

    Planning(RunbookReader reader, Planner planner, Clock clock) {
        this.reader = reader;
        this.planner = planner;
        this.clock = clock;
    }

    Plan plan(Shelved shelved, Wish wish, String by) throws InterruptedException {
        RunbookText text = reader.read(shelved.file(), wish.overrides());
        Runbook runbook = text.runbook().orElseThrow(() -> {
            Misprint first = text.misprints().get(0);
            return new Refusal(Refusal.Reason.INVALID, first.problem());
        });
        if (runbook.template()) {
            throw Fleet.tenantWanted();
        }
        DrillRequest request = new DrillRequest(
                runbook,
                wish.at().orElseGet(clock::instant),
                by,
                DrillRequest.Trigger.OPERATOR,
                wish.named(runbook),
                wish.overrides(),
                wish.keep());
        try {
            return planner.plan(request, Optional.empty());
        } catch (BadBackup none) {
            throw new Refusal(Refusal.Reason.INVALID, none.problem());
        }
    }
}
