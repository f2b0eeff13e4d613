package dev.muster.web.api;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Runbook;
import dev.muster.evidence.record.ForecastSection;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.outlook.Standing;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Targets;
import dev.muster.people.Right;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The systems that runbooks are about, and what is proven of them. */
final class SystemRoutes implements Part {
    private static final String SYSTEMS = "/api/v1/systems";
    private static final int MOST = 1000;

    private final Library library;
    private final Catalog catalog;
    private final Supplier<List<Standing>> standings;
    private final Clock clock;

    SystemRoutes(Library library, Catalog catalog, Supplier<List<Standing>> standings, Clock clock) {
        this.library = library;
        this.catalog = catalog;
        this.standings = standings;
        this.clock = clock;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, SYSTEMS, Right.READ, this::list);
        routes.add(HandlerType.GET, SYSTEMS + "/{system}", Right.READ, this::one);
        routes.add(HandlerType.GET, SYSTEMS + "/{system}/series", Right.READ, this::series);
        routes.add(HandlerType.GET, SYSTEMS + "/{system}/forecast", Right.READ, this::forecast);
    }

    private Map<String, List<Runbook>> systems() {
        Map<String, List<Runbook>> systems = new TreeMap<>();
        library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .forEach(runbook -> systems.computeIfAbsent(runbook.system(), name -> new ArrayList<>())
                        .add(runbook));
        return systems;
    }

    private void list(Context request) {
        Map<String, Standing> standing = standings();
        Json.answer(
                request,
                new Section()
                        .with(
                                "systems",
                                Documents.list(
                                        systems().entrySet(),
                                        system -> brief(system.getKey(), system.getValue(), standing))));
    }

    private Map<String, Standing> standings() {
        return standings.get().stream().collect(Collectors.toMap(Standing::system, Function.identity()));
    }

    private static Section brief(String system, List<Runbook> runbooks, Map<String, Standing> standings) {
        Standing standing = standings.getOrDefault(system, Standing.without(system));
        return new Section()
                .with("name", system)
                .with("runbooks", runbooks.stream().map(Runbook::name).toList())
                .with("lastProven", standing.lastPassed().map(Outcome::ended))
                .with("overdueSince", standing.overdueSince())
                .with(
                        "notProvenSinceChange",
                        standing.lastPassed().map(passed -> !standing.changed().isEmpty()));
    }

    private List<Runbook> runbooks(String system) {
        List<Runbook> runbooks = systems().get(system);
        if (runbooks == null) {
            throw Names.unknown("system", system, SYSTEMS);
        }
        return runbooks;
    }

    private void forecast(Context request) {
        String system = Names.in(request, "system");
        Targets targets = Targets.of(runbooks(system));
        List<DrillFigures> series =
                new Figures(catalog).series(List.of(system), Forecasts.DRILLS).getOrDefault(system, List.of());
        Json.answer(
                request,
                new Section()
                        .with("system", system)
                        .with(
                                "forecast",
                                Documents.list(Forecasts.of(series, targets, clock.instant()), ForecastSection::of)));
    }

    private void one(Context request) {
        String system = Names.in(request, "system");
        List<Runbook> runbooks = runbooks(system);
        Json.answer(
                request,
                brief(system, runbooks, standings())
                        .with("lastPassed", catalog.lastPassed(system).map(Documents::drill))
                        .with("objectives", Documents.list(runbooks, SystemRoutes::objectives)));
    }

    /** Of a system that no runbook knows any more as well: its past stays. */
    private void series(Context request) {
        String system = Names.in(request, "system");
        int most = new Query(request, "limit").number("limit", Figures.TREND, 1, MOST);
        List<DrillFigures> drills =
                new Figures(catalog).series(List.of(system), most).getOrDefault(system, List.of());
        if (drills.isEmpty() && !systems().containsKey(system)) {
            throw Names.unknown("system", system, SYSTEMS);
        }
        Json.answer(
                request,
                new Section().with("system", system).with("drills", Documents.list(drills, SeriesDocument::of)));
    }

    private static Section objectives(Runbook runbook) {
        return RunbookRoutes.objectives(runbook.objectives())
                .with("runbook", runbook.name())
                .with("provenEverySeconds", runbook.governance().provenEvery())
                .with("processes", Documents.list(runbook.processes().values(), SystemRoutes::process));
    }

    private static Section process(BusinessProcess process) {
        return RunbookRoutes.objectives(process.objectives()).with("name", process.name());
    }
}
