package dev.muster.web.api;

import dev.muster.catalog.fleet.Fleets;
import dev.muster.drill.Runbook;
import dev.muster.evidence.record.Section;
import dev.muster.orchestrator.document.Documents;
import dev.muster.orchestrator.document.FleetDocuments;
import dev.muster.outlook.fleet.FleetStanding;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.fleet.TenantStanding;
import dev.muster.people.Right;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Json;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The fleets, their tenants, and what was chosen for their slots. */
final class FleetRoutes implements Part {
    private static final String FLEETS = "/api/v1/fleets";
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final int MOST_SAMPLES = 100;

    private final Library library;
    private final Fleets fleets;
    private final Clock clock;

    FleetRoutes(Library library, Fleets fleets, Clock clock) {
        this.library = library;
        this.fleets = fleets;
        this.clock = clock;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, FLEETS, Right.READ, this::list);
        routes.add(HandlerType.GET, FLEETS + "/{fleet}", Right.READ, this::one);
        routes.add(HandlerType.GET, FLEETS + "/{fleet}/tenants", Right.READ, this::tenants);
        routes.add(HandlerType.GET, FLEETS + "/{fleet}/samples", Right.READ, this::samples);
    }

    private void list(Context request) {
        List<FleetStanding> standings = library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .filter(Runbook::template)
                .map(this::standing)
                .toList();
        Json.answer(request, new Section().with("fleets", Documents.list(standings, FleetDocuments::fleet)));
    }

    private void one(Context request) {
        Json.answer(request, FleetDocuments.fleet(standing(template(request))));
    }

    private void tenants(Context request) {
        Query query = new Query(request, "state", "after", "limit");
        int limit = query.number("limit", USUAL, 1, MOST);
        Optional<TenantStanding.State> state = query.word("state", TenantStanding.State.class);
        Optional<String> after = query.text("after");
        List<TenantStanding> found = standing(template(request)).tenants().stream()
                .filter(one -> state.filter(wanted -> one.state() != wanted).isEmpty())
                .filter(one -> after.filter(last -> one.member().tenant().compareTo(last) <= 0)
                        .isEmpty())
                .limit(limit + 1L)
                .toList();
        List<TenantStanding> page = found.subList(0, Math.min(limit, found.size()));
        Json.answer(
                request,
                new Section()
                        .with("tenants", Documents.list(page, FleetDocuments::tenant))
                        .with(
                                "after",
                                found.size() > limit
                                        ? Optional.of(
                                                page.get(limit - 1).member().tenant())
                                        : Optional.empty()));
    }

    private void samples(Context request) {
        Query query = new Query(request, "limit");
        Runbook template = template(request);
        Json.answer(
                request,
                new Section()
                        .with(
                                "samples",
                                Documents.list(
                                        fleets.newest(template.name(), query.number("limit", 10, 1, MOST_SAMPLES)),
                                        FleetDocuments::sample)));
    }

    private FleetStanding standing(Runbook template) {
        return new FleetStandings(fleets).of(template, clock.instant());
    }

    private Runbook template(Context request) {
        String name = Names.in(request, "fleet");
        return library.find(name)
                .flatMap(Shelved::good)
                .filter(Runbook::template)
                .orElseThrow(() -> Names.unknown("fleet", name, FLEETS));
    }
}
