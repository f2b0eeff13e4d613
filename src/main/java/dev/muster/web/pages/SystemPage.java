package dev.muster.web.pages;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Objectives;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.drill.Slot;
import dev.muster.evidence.report.Trend;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Targets;
import dev.muster.people.Right;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.outlook.OutlookInWords;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything about one system: objectives, processes, trend, runbooks, drills, recovery points, findings, slots. */
public final class SystemPage implements Part {
    private static final int DRILLS = 1000;
    private static final int DRILLS_ON_PAGE = 20;
    private static final int SLOTS = 10;
    private static final Duration AHEAD = Duration.ofDays(100);

    private final Layout layout;
    private final Supplier<List<Shelved>> runbooks;
    private final Catalog catalog;
    private final Figures figures;
    private final Slots slots;
    private final Words words;
    private final Listing<Outcome> drills = new Listing<>(
            "drills",
            List.of(
                    Listing.Column.by("ended", "Ended", (Outcome drill) -> Optional.of(drill.ended())),
                    Listing.Column.by("drill", "Drill", (Outcome drill) -> Optional.of(drill.drill())),
                    Listing.Column.by("runbook", "Runbook", (Outcome drill) -> Optional.of(drill.runbook())),
                    Listing.Column.by("verdict", "Verdict", (Outcome drill) -> Optional.of(drill.verdict())),
                    Listing.Column.by("rpo", "RPO", Outcome::rpo),
                    Listing.Column.by("rto", "RTO", Outcome::rto)),
            drill -> drill.drill() + " " + drill.runbook() + " "
                    + drill.verdict().name().replace('_', ' '),
            Map.of(),
            DRILLS_ON_PAGE);

    /** @param runbooks all of them, as they are now */
    public SystemPage(Layout layout, Supplier<List<Shelved>> runbooks, Catalog catalog, Slots slots) {
        this.layout = layout;
        this.runbooks = runbooks;
        this.catalog = catalog;
        this.figures = new Figures(catalog);
        this.slots = slots;
        this.words = layout.words();
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/systems/{system}", Right.READ, this::answer);
    }

    private void answer(Context request) {
        String system = request.pathParam("system");
        List<Shelved> shelf = runbooks.get();
        List<Runbook> good =
                shelf.stream().flatMap(runbook -> runbook.good().stream()).toList();
        Instant now = words.now();
        List<Outcome> ended = figures.ended(system, DRILLS);
        Standing standing = new Standings(figures)
                .all(good, now).stream()
                        .filter(one -> one.system().equals(system))
                        .findFirst()
                        .or(() -> ended.isEmpty() ? Optional.empty() : Optional.of(Standing.without(system)))
                        .orElseThrow(() -> unknown(system));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", system);
        model.put("system", SystemRows.of(List.of(standing), figures, words).row(standing));
        model.put("facts", facts(standing));
        standing.promise().ifPresent(promise -> model.put("promise", words.duration(promise)));
        if (!ended.isEmpty()) {
            model.put("trend", trend(standing, ended));
        }
        outlook(standing, now).ifPresent(outlook -> model.put("outlook", outlook));
        model.put("runbooks", shelves(shelf, standing));
        model.put("drills", drills.shown(request, ended).with(this::row));
        model.put("slots", coming(system, now));
        ended.stream()
                .findFirst()
                .flatMap(last -> catalog.find(last.drill()))
                .ifPresent(last -> putEvidence(model, last));
        layout.answer(request, "overview", "system", model);
    }

    private static Refusal unknown(String system) {
        return new Refusal(
                Refusal.Reason.UNKNOWN,
                new Problem(
                        "There is no system of this name",
                        system.substring(0, Math.min(system.length(), 100)),
                        "See the overview for all of them; a system is known from its runbook or its drills."));
    }

    private Map<String, Object> facts(Standing standing) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("owner", joined(standing, Runbook::owner));
        facts.put(
                "criticality",
                joined(
                        standing,
                        runbook -> runbook.governance()
                                .criticality()
                                .map(one -> one.name().toLowerCase(java.util.Locale.ROOT))
                                .orElse("")));
        strictest(standing, Objectives::rpo).ifPresent(rpo -> facts.put("rpo", words.duration(rpo)));
        strictest(standing, Objectives::rto).ifPresent(rto -> facts.put("rto", words.duration(rto)));
        return facts;
    }

    private static String joined(Standing standing, Function<Runbook, String> text) {
        return String.join(
                ", ",
                standing.runbooks().stream()
                        .map(text)
                        .filter(one -> !one.isEmpty())
                        .distinct()
                        .toList());
    }

    private static Optional<Duration> strictest(Standing standing, Function<Objectives, Duration> which) {
        return standing.runbooks().stream().map(Runbook::objectives).map(which).min(Comparator.naturalOrder());
    }

    private Map<String, Object> trend(Standing standing, List<Outcome> ended) {
        List<Outcome> last = new ArrayList<>(ended.subList(0, Math.min(Figures.TREND, ended.size())));
        Collections.reverse(last);
        return Trend.of(
                last.stream()
                        .map(drill -> new Trend.Past(
                                drill.verdict().name(),
                                Optional.of(drill.ended()),
                                drill.rpo().map(SystemPage::seconds),
                                drill.rto().map(SystemPage::seconds)))
                        .toList(),
                strictest(standing, Objectives::rpo).map(SystemPage::seconds),
                strictest(standing, Objectives::rto).map(SystemPage::seconds),
                words.writing());
    }

    private Optional<Map<String, Object>> outlook(Standing standing, Instant now) {
        List<DrillFigures> series =
                figures.series(List.of(standing.system()), Forecasts.DRILLS).getOrDefault(standing.system(), List.of());
        return Optional.of(Forecasts.projections(series, Targets.of(standing.runbooks()), now))
                .filter(projections -> !projections.isEmpty())
                .map(new OutlookInWords(words)::of);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }

    private static List<Map<String, Object>> shelves(List<Shelved> shelf, Standing standing) {
        return shelf.stream()
                .filter(one -> one.good()
                        .filter(runbook -> runbook.system().equals(standing.system()))
                        .isPresent())
                .map(ShelfRow::of)
                .toList();
    }

    private Map<String, Object> row(Outcome drill) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("drill", drill.drill());
        row.put("runbook", drill.runbook());
        row.put("verdict", drill.verdict().name());
        row.put("ended", words.moment(drill.ended()));
        drill.rpo().ifPresent(rpo -> row.put("rpo", words.duration(rpo)));
        drill.rto().ifPresent(rto -> row.put("rto", words.duration(rto)));
        return row;
    }

    private List<Map<String, Object>> coming(String system, Instant now) {
        return slots.between(now, now.plus(AHEAD)).stream()
                .filter(slot -> slot.system().equals(system))
                .limit(SLOTS)
                .map(this::slot)
                .toList();
    }

    private Map<String, Object> slot(Slot slot) {
        return Map.of(
                "due", words.moment(slot.due()),
                "runbook", slot.runbook(),
                "state", slot.state().name(),
                "why", slot.why().orElse(""));
    }

    private void putEvidence(Map<String, Object> model, DrillSummary last) {
        model.put("last", last.drill());
        LastEvidence.of(last, words).ifPresent(evidence -> {
            model.put("backups", evidence.backups());
            model.put("findings", evidence.openFindings());
        });
    }
}
