package dev.muster.web.pages;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Figure;
import dev.muster.drill.Objectives;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Runbook;
import dev.muster.outlook.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Systems with their processes and figures, as templates take them; two questions to the catalog for all of them. */
final class SystemRows {
    private final Map<String, Measured> measured;
    private final Map<String, List<Outcome>> trends;
    private final Words words;

    private SystemRows(Map<String, Measured> measured, Map<String, List<Outcome>> trends, Words words) {
        this.measured = measured;
        this.trends = trends;
        this.words = words;
    }

    static SystemRows of(List<Standing> standings, Figures figures, Words words) {
        Set<String> drills = standings.stream()
                .flatMap(standing -> standing.outcomes().stream())
                .map(Outcome::drill)
                .collect(Collectors.toSet());
        return new SystemRows(
                figures.measured(drills),
                figures.lastEnded(standings.stream().map(Standing::system).toList()),
                words);
    }

    /** What a process was proven with last. */
    private record Proof(Outcome outcome, ProcessFigures figures) {}

    Map<String, Object> row(Standing standing) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", standing.system());
        row.put("state", standing.state().name());
        standing.provenUntil().ifPresent(until -> row.put("until", words.moment(until)));
        row.put("changed", standing.changed());
        row.put(
                "owners",
                standing.runbooks().stream().map(Runbook::owner).distinct().toList());
        Optional<Proof> whole = standing.lastPassed().map(last -> new Proof(last, whole(last)));
        whole.ifPresent(proof -> putProof(row, proof));
        List<Outcome> trend = trends.getOrDefault(standing.system(), List.of());
        if (!trend.isEmpty()) {
            row.put("last", trend.get(trend.size() - 1).verdict().name());
            row.put("lastDrill", trend.get(trend.size() - 1).drill());
            row.put("rpoTrend", Sparkline.of("Recovery point", trend, Outcome::rpo, target(whole, true), words));
            row.put("rtoTrend", Sparkline.of("Recovery time", trend, Outcome::rto, target(whole, false), words));
        }
        row.put("processes", processes(standing));
        return row;
    }

    private static Optional<Duration> target(Optional<Proof> whole, boolean point) {
        return whole.map(Proof::figures).flatMap(figures -> (point ? figures.rpo() : figures.rto()).target());
    }

    /** Drills of before figures were kept show what the catalog always knew of them. */
    private ProcessFigures whole(Outcome last) {
        return measured.getOrDefault(last.drill(), Measured.NOTHING)
                .system()
                .orElseGet(() -> new ProcessFigures(
                        new Figure(Optional.empty(), last.rpo(), "", Map.of()),
                        new Figure(Optional.empty(), last.rto(), "", Map.of())));
    }

    private List<Map<String, Object>> processes(Standing standing) {
        Map<String, Proof> proofs = new TreeMap<>();
        for (Outcome outcome : standing.outcomes()) {
            measured.getOrDefault(outcome.drill(), Measured.NOTHING)
                    .processes()
                    .forEach((name, figures) -> proofs.putIfAbsent(name, new Proof(outcome, figures)));
        }
        Map<String, Objectives> promised = new LinkedHashMap<>();
        standing.runbooks().stream()
                .flatMap(runbook -> runbook.processes().values().stream())
                .forEach((BusinessProcess process) -> promised.putIfAbsent(process.name(), process.objectives()));
        // With no runbook left, what was proven once is all there is to show.
        Set<String> names = standing.runbooks().isEmpty() ? proofs.keySet() : promised.keySet();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String name : names) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            Proof proof = proofs.get(name);
            if (proof != null) {
                putProof(row, proof);
            }
            rows.add(row);
        }
        return rows;
    }

    private void putProof(Map<String, Object> row, Proof proof) {
        row.put("drill", proof.outcome().drill());
        row.put("proven", words.moment(proof.outcome().ended()));
        row.put("rpo", words.figure(proof.figures().rpo()));
        row.put("rto", words.figure(proof.figures().rto()));
    }
}
