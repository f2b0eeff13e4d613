package dev.muster.orchestrator;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Programme;
import dev.muster.drill.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One drill as the ledger knows it.
 *
 * @param details what was noted when it was planned, or when it was missed
 * @param outcome its verdict, MISSED or REFUSED; absent while it is open
 */
record LedgerDrill(
        String drill, Instant planned, Map<String, String> details, boolean started, Optional<String> outcome) {
    LedgerDrill {
        details = Map.copyOf(details);
    }

    /** @param ending verdicts of drills that are about to end, which the ledger does not have yet */
    static List<LedgerDrill> in(List<LedgerEvent> events, Map<String, Verdict> ending) {
        Map<String, List<LedgerEvent>> byDrill = new LinkedHashMap<>();
        events.forEach(event -> byDrill.computeIfAbsent(event.drill(), drill -> new ArrayList<>())
                .add(event));
        return byDrill.values().stream()
                .flatMap(own -> of(own, ending).stream())
                .toList();
    }

    private static Optional<LedgerDrill> of(List<LedgerEvent> events, Map<String, Verdict> ending) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.PLANNED || event.kind() == EventKind.MISSED)
                .findFirst()
                .map(first -> new LedgerDrill(
                        first.drill(),
                        first.at(),
                        first.details(),
                        events.stream().anyMatch(event -> event.kind() == EventKind.STARTED),
                        events.stream()
                                .filter(event -> event.kind().terminal())
                                .findFirst()
                                .map(end -> end.details()
                                        .getOrDefault("verdict", end.kind().name()))
                                .or(() -> Optional.ofNullable(ending.get(first.drill()))
                                        .map(Verdict::name))));
    }

    String system() {
        return details.getOrDefault("system", "");
    }

    boolean ended(Verdict verdict) {
        return outcome.equals(Optional.of(verdict.name()));
    }

    /** Whether it was there for the same disaster of the same runbook. */
    boolean triesAgain(DrillRequest request) {
        return system().equals(request.runbook().system())
                && request.runbook().name().equals(details.get("runbook"))
                && request.disaster().toString().equals(details.get("disaster"));
    }

    Programme.Try asTry() {
        return new Programme.Try(drill, planned, outcome);
    }
}
