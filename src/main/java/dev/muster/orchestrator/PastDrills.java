package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Finding;
import dev.muster.drill.Forecast;
import dev.muster.drill.Programme;
import dev.muster.drill.Runbook;
import dev.muster.drill.Verdict;
import dev.muster.ledger.Ledger;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Targets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the drills that surround one: those of its slot, of its runbook, of its system, and all. */
final class PastDrills {
    private static final int MONTHS = 12;
    private static final int TREND = 12;

    private final Ledger ledger;
    private final Catalog catalog;
    private final Optional<String> organisation;

    PastDrills(Ledger ledger, Catalog catalog, Optional<String> organisation) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.organisation = organisation;
    }

    /** What surrounds a drill that ends now with this result. */
    Programme around(Notes notes, Instant now, Result result) {
        List<LedgerDrill> drills = LedgerDrill.in(ledger.events(), Map.of(notes.drill, result.verdict()));
        Instant yearAgo = now.atZone(ZoneOffset.UTC).minusMonths(MONTHS).toInstant();
        Instant first = drills.stream()
                .map(LedgerDrill::planned)
                .min(Instant::compareTo)
                .orElse(now);
        Instant since = first.isAfter(yearAgo) ? first : yearAgo;
        String system = notes.request.runbook().system();
        List<LedgerDrill> counted = drills.stream()
                .filter(drill -> !drill.planned().isBefore(since))
                .toList();
        return new Programme(
                organisation,
                since,
                counts(counted, drill -> drill.system().equals(system)),
                counts(counted, drill -> true),
                systems(drills, drill -> true).size(),
                systems(counted, drill -> drill.ended(Verdict.PASSED)).size(),
                tries(drills, notes),
                trend(notes, now, result),
                List.of());
    }

    /** What a drill that ends now lets one expect, with those before it. */
    List<Forecast> outlook(Notes notes, DrillFigures drill, Instant now) {
        Runbook runbook = notes.request.runbook();
        List<DrillFigures> series = new ArrayList<>();
        try {
            series.addAll(new Figures(catalog)
                    .series(List.of(runbook.system()), Forecasts.DRILLS - 1)
                    .getOrDefault(runbook.system(), List.of()));
            series.add(drill);
            return Forecasts.of(series, Targets.of(List.of(runbook)), now);
        } catch (RuntimeException unable) {
            Finding finding = new Finding(
                    Finding.Severity.MINOR,
                    unable instanceof CouldNotRun silent ? silent.problem() : Unexpected.problem(unable));
            if (!notes.findings().contains(finding)) {
                notes.found(finding);
            }
            return List.of();
        }
    }

    /** A later one, planned while this one was still running, comes after it and is none of its business. */
    private static List<Programme.Try> tries(List<LedgerDrill> drills, Notes notes) {
        List<Programme.Try> tries = new ArrayList<>();
        for (LedgerDrill drill : drills) {
            if (drill.triesAgain(notes.request)) {
                tries.add(drill.asTry());
            }
            if (drill.drill().equals(notes.drill)) {
                break;
            }
        }
        return tries;
    }

    private static Set<String> systems(List<LedgerDrill> drills, Predicate<LedgerDrill> which) {
        return drills.stream()
                .filter(which)
                .map(LedgerDrill::system)
                .filter(system -> !system.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Programme.Counts counts(List<LedgerDrill> drills, Predicate<LedgerDrill> which) {
        List<LedgerDrill> own = drills.stream().filter(which).toList();
        return new Programme.Counts(
                own.size(),
                count(own, LedgerDrill::started),
                count(own, drill -> drill.ended(Verdict.PASSED)),
                count(own, drill -> drill.ended(Verdict.FAILED)),
                count(own, drill -> drill.ended(Verdict.COULD_NOT_RUN)),
                count(own, drill -> drill.ended(Verdict.ABORTED)),
                count(own, drill -> drill.outcome().equals(Optional.of("MISSED"))),
                count(own, drill -> drill.outcome().equals(Optional.of("REFUSED"))));
    }

    private static int count(List<LedgerDrill> drills, Predicate<LedgerDrill> which) {
        return (int) drills.stream().filter(which).count();
    }

    /** Evidence is worth more than its trend: a catalog that cannot be asked now costs the latter alone. */
    private List<DrillSummary> ended(Notes notes) {
        try {
            return catalog.ended(
                    notes.request.runbook().system(), notes.request.runbook().name(), TREND - 1);
        } catch (CouldNotRun silent) {
            notes.found(new Finding(Finding.Severity.MINOR, silent.problem()));
            return List.of();
        }
    }

    private List<Programme.Past> trend(Notes notes, Instant now, Result result) {
        List<Programme.Past> trend = new ArrayList<>();
        for (DrillSummary drill : ended(notes)) {
            trend.add(
                    0,
                    new Programme.Past(
                            drill.drill(),
                            drill.finished().orElse(drill.planned()),
                            drill.verdict().orElseThrow(),
                            drill.rpo(),
                            drill.rto()));
        }
        trend.add(new Programme.Past(
                notes.drill,
                now,
                result.verdict(),
                result.rpo().achieved(),
                result.rto().achieved()));
        return trend;
    }
}
