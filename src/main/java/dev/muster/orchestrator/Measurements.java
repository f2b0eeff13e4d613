package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Runbook;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would have been lost and how long it took, each figure with its formula and inputs.
 *
 * @param planned when the drill was asked for: the clock of the RTO starts here, whatever disaster instant is rehearsed
 * @param watermarks the newest row of each process, by process
 */
record Measurements(
        Runbook runbook,
        Instant disaster,
        Instant planned,
        Map<Asset, Readings> readings,
        Map<String, Reading> watermarks,
        List<CheckResult> checks) {

    private static final String DISASTER = "disaster instant";

    /** Disaster instant minus the proven point of the worst asset that holds business data. */
    Figure rpo() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(DISASTER, disaster.toString());
        Map<Asset, Reading> points = new EnumMap<>(Asset.class);
        for (Asset asset : runbook.backups().keySet()) {
            Reading point = proven(asset);
            inputs.put(
                    asset.label(), point.at().map(Instant::toString).orElse("not measured") + ": " + point.formula());
            // Configuration is state, not transactions: its age is shown, and does not count as lost business.
            if (asset != Asset.CONFIGURATION) {
                points.put(asset, point);
            }
        }
        String formula = "disaster instant − earliest proven point of " + names(points.keySet());
        if (points.isEmpty()
                || points.values().stream().anyMatch(point -> point.at().isEmpty())) {
            return new Figure(
                    Optional.of(runbook.objectives().rpo()),
                    Optional.empty(),
                    formula + "; not measured, since a point is not proven",
                    inputs);
        }
        Instant worst = points.values().stream()
                .flatMap(point -> point.at().stream())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return figure(runbook.objectives().rpo(), worst, formula, inputs);
    }

    /** From the start of the drill to the last check that passed. */
    Figure rto() {
        return rto(runbook.objectives().rto(), ofTheRestoredSystem(), List.of(), "the last check of the drill");
    }

    Map<String, ProcessFigures> processes() {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        runbook.processes()
                .forEach((name, process) -> figures.put(name, new ProcessFigures(lost(process), stoodStill(process))));
        return figures;
    }

    /** The filestore's claimed point against the database's proven one. */
    Optional<Duration> skew() {
        Optional<Instant> database = proven(Asset.DATABASE).at();
        Optional<Instant> filestore = Optional.ofNullable(readings.get(Asset.FILESTORE))
                .flatMap(all -> all.claimed().at().or(() -> all.proven().at()));
        return database.flatMap(from -> filestore.map(to -> Duration.between(from, to)));
    }

    private Figure lost(BusinessProcess process) {
        Duration target = process.objectives().rpo();
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(DISASTER, disaster.toString());
        if (process.watermark().isEmpty()) {
            Reading point = proven(Asset.DATABASE);
            inputs.put("database", point.at().map(Instant::toString).orElse("not measured") + ": " + point.formula());
            String formula = "disaster instant − proven point of the database (the process has no watermark)";
            return point.at()
                    .map(at -> figure(target, at, formula, inputs))
                    .orElseGet(() -> new Figure(
                            Optional.of(target), Optional.empty(), formula + "; that point is not proven", inputs));
        }
        Reading newest = watermarks.getOrDefault(process.name(), Reading.none("the watermark was not asked for"));
        inputs.put("watermark", newest.at().map(Instant::toString).orElse("not measured") + ": " + newest.formula());
        inputs.put("query", process.watermark().get());
        String formula = "disaster instant − newest row of the process that came back (watermark)";
        return newest.at()
                .map(at -> figure(target, at, formula, inputs))
                .orElseGet(() ->
                        new Figure(Optional.of(target), Optional.empty(), formula + "; " + newest.formula(), inputs));
    }

    private Figure stoodStill(BusinessProcess process) {
        Duration target = process.objectives().rto();
        if (process.proof().isEmpty()) {
            return rto(target, ofTheRestoredSystem(), List.of(), "the last check that the process needs (all)");
        }
        List<CheckResult> needed = checks.stream()
                .filter(check -> process.proof().stream().anyMatch(proof -> names(check, proof)))
                .toList();
        List<String> missing = process.proof().stream()
                .filter(proof -> checks.stream().noneMatch(check -> names(check, proof)))
                .toList();
        return rto(
                target,
                needed,
                missing,
                "the last check that the process needs (" + String.join(", ", process.proof()) + ")");
    }

    /** How the vault does and that it was left alone is nothing that business would wait for. */
    private List<CheckResult> ofTheRestoredSystem() {
        return checks.stream()
                .filter(check -> !check.name().equals(SourceUnchanged.NAME)
                        && !check.step().equals(VaultChecks.STEP))
                .toList();
    }

    private static boolean names(CheckResult check, String proof) {
        return check.name().equals(proof)
                || check.step().equals("check: " + proof)
                || check.step().equals("probe: " + proof);
    }

    private Figure rto(Duration target, List<CheckResult> needed, List<String> missing, String last) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("start of the drill", planned.toString());
        inputs.put("detection and decision", "not declared, counted as 0 s");
        String formula = "from the start of the drill, which stands for the disaster instant, to the end of " + last;
        List<CheckResult> open = needed.stream()
                .filter(check -> check.verdict() != Verdict.PASSED)
                .toList();
        if (needed.isEmpty() || !missing.isEmpty() || !open.isEmpty()) {
            String why = open.isEmpty()
                    ? "no check " + (missing.isEmpty() ? "" : String.join(", ", missing) + " ") + "was run"
                    : open.get(0).name() + " did not pass";
            return new Figure(Optional.of(target), Optional.empty(), formula + "; not reached, since " + why, inputs);
        }
        CheckResult end =
                needed.stream().max(Comparator.comparing(CheckResult::finished)).orElseThrow();
        inputs.put("end of " + end.name(), end.finished().toString());
        return new Figure(Optional.of(target), Optional.of(Duration.between(planned, end.finished())), formula, inputs);
    }

    private Figure figure(Duration target, Instant point, String formula, Map<String, String> inputs) {
        if (point.isAfter(disaster)) {
            return new Figure(
                    Optional.of(target),
                    Optional.empty(),
                    formula + "; the point lies after the disaster instant, so a clock is wrong",
                    inputs);
        }
        return new Figure(Optional.of(target), Optional.of(Duration.between(point, disaster)), formula, inputs);
    }

    private Reading proven(Asset asset) {
        return Optional.ofNullable(readings.get(asset))
                .map(Readings::proven)
                .orElse(Reading.none("the " + asset.label() + " was not restored"));
    }

    private static String names(Iterable<Asset> assets) {
        StringBuilder text = new StringBuilder();
        assets.forEach(asset -> text.append(text.isEmpty() ? "" : " and ").append(asset.label()));
        return text.toString();
    }
}
