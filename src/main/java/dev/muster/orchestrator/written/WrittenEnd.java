package dev.muster.orchestrator.written;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a drill that left no evidence ended, as the ledger has it. */
public final class WrittenEnd {
    /** Why a drill was refused, in short. */
    public static final String PROBLEM = "problem";

    private WrittenEnd() {}

    /**
     * How a line of history says it; empty for a drill that has not ended, and for one that was refused before anybody
     * could tell which system it was for.
     *
     * @param events the drill's lines in the ledger
     */
    public static Optional<DrillSummary> summary(List<LedgerEvent> events) {
        return first(events, EventKind.PLANNED)
                .flatMap(planned -> events.stream()
                        .filter(event -> event.kind().terminal())
                        .findFirst()
                        .filter(end -> end.kind() != EventKind.REFUSED
                                || planned.details().containsKey("system"))
                        .map(end -> summary(planned, first(events, EventKind.STARTED), end)));
    }

    private static DrillSummary summary(LedgerEvent planned, Optional<LedgerEvent> started, LedgerEvent end) {
        Map<String, String> plan = planned.details();
        return new DrillSummary(
                planned.drill(),
                plan.getOrDefault("runbook", ""),
                plan.getOrDefault("system", ""),
                planned.at(),
                started.map(LedgerEvent::at),
                Optional.of(end.at()),
                Optional.of(Optional.ofNullable(end.details().get("verdict"))
                        .map(Verdict::valueOf)
                        .orElse(Verdict.COULD_NOT_RUN)),
                Optional.ofNullable(plan.get("disaster"))
                        .or(() -> Optional.ofNullable(plan.get("slot")))
                        .map(Instant::parse)
                        .orElse(planned.at()),
                Optional.empty(),
                Optional.empty(),
                inOneLine(end.details()),
                Optional.empty());
    }

    private static String inOneLine(Map<String, String> end) {
        return Optional.ofNullable(end.get(PROBLEM))
                .or(() -> Optional.ofNullable(end.get("reason")))
                .orElse("only the ledger knows of this drill: its evidence is not here");
    }

    private static Optional<LedgerEvent> first(List<LedgerEvent> events, EventKind kind) {
        return events.stream().filter(event -> event.kind() == kind).findFirst();
    }
}
