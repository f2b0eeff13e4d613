package dev.muster.web.pages;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Sample;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Runbook;
import dev.muster.outlook.fleet.FleetStanding;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.fleet.Statement;
import dev.muster.outlook.fleet.TenantStanding;
import dev.muster.outlook.fleet.TenantStanding.State;
import dev.muster.people.Right;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The fleets, what may be claimed of all their tenants, and each tenant of one. */
public final class FleetPages implements Part {
    private static final int TENANTS_ON_PAGE = 100;
    private static final int SAMPLES = 5;

    private final Layout layout;
    private final Supplier<List<Shelved>> runbooks;
    private final Fleets fleets;

    /** @param runbooks all of them, as they are now */
    public FleetPages(Layout layout, Supplier<List<Shelved>> runbooks, Fleets fleets) {
        this.layout = layout;
        this.runbooks = runbooks;
        this.fleets = fleets;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/fleets", Right.READ, this::list);
        routes.add(HandlerType.GET, "/fleets/{fleet}", Right.READ, this::one);
    }

    private List<Runbook> templates() {
        return runbooks.get().stream()
                .flatMap(shelved -> shelved.good().stream())
                .filter(Runbook::template)
                .toList();
    }

    private void list(Context request) {
        layout.answer(
                request,
                "fleets",
                "fleets",
                Map.of(
                        "fleets",
                        templates().stream()
                                .map(template -> fleet(standing(template)))
                                .toList()));
    }

    private void one(Context request) {
        String name = request.pathParam("fleet");
        Runbook template = templates().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                "There is no fleet of this name",
                                name.substring(0, Math.min(name.length(), 100)),
                                "See /fleets for all of them.")));
        FleetStanding standing = standing(template);
        List<TenantStanding> worstFirst = standing.tenants().stream()
                .sorted(Comparator.comparing(TenantStanding::state))
                .toList();
        Map<String, Object> model = fleet(standing);
        model.put("tenants", listing().shown(request, worstFirst).with(this::tenant));
        model.put(
                "samples",
                fleets.newest(template.name(), SAMPLES).stream()
                        .map(this::sample)
                        .toList());
        layout.answer(request, "fleets", "fleet", model);
    }

    private FleetStanding standing(Runbook template) {
        return new FleetStandings(fleets).of(template, layout.words().now());
    }

    private static Listing<TenantStanding> listing() {
        Map<String, Predicate<TenantStanding>> views = new LinkedHashMap<>();
        views.put("All", tenant -> true);
        views.put("Did not pass", is(State.NOT_PROVEN));
        views.put("Never proven", is(State.NEVER_PROVEN));
        views.put("Overdue", is(State.OVERDUE));
        views.put("Proven", is(State.PROVEN));
        views.put("Vanished", is(State.VANISHED));
        return new Listing<>(
                "tenants",
                List.of(
                        Listing.Column.by(
                                "tenant",
                                "Tenant",
                                (TenantStanding one) -> Optional.of(one.member().tenant())),
                        Listing.Column.by("state", "Standing", (TenantStanding one) -> Optional.of(one.state())),
                        Listing.Column.by(
                                "passed",
                                "Last passed",
                                (TenantStanding one) -> one.member().passed()),
                        Listing.Column.by(
                                "tried",
                                "Last drill",
                                (TenantStanding one) -> one.member().tried())),
                one -> one.member().tenant() + " " + one.system(),
                views,
                TENANTS_ON_PAGE);
    }

    private static Predicate<TenantStanding> is(State state) {
        return tenant -> tenant.state() == state;
    }

    private static Map<String, Object> fleet(FleetStanding standing) {
        Statement statement = standing.statement();
        Map<String, Object> fleet = new LinkedHashMap<>();
        fleet.put("name", standing.template().name());
        fleet.put("owner", standing.template().owner());
        fleet.put("each", standing.template().fleet().orElseThrow().each().toString());
        fleet.put("count", statement.tenants());
        fleet.put("statement", statement.words());
        fleet.put("claimed", statement.restorable().isPresent());
        fleet.put("formula", statement.formula());
        for (State state : State.values()) {
            fleet.put(state.name(), standing.count(state));
        }
        fleet.put("refused", standing.last().map(Sample::refused).orElse(List.of()));
        fleet.put("duplicates", standing.last().map(Sample::duplicates).orElse(0));
        standing.last().flatMap(Sample::problem).ifPresent(problem -> fleet.put("problem", Words.problem(problem)));
        return fleet;
    }

    private Map<String, Object> tenant(TenantStanding tenant) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tenant", tenant.member().tenant());
        row.put("system", tenant.system());
        row.put(
                "state",
                tenant.state() == State.NOT_PROVEN ? "BROKEN" : tenant.state().name());
        tenant.member().gone().ifPresent(at -> row.put("gone", layout.words().moment(at)));
        tenant.member()
                .passed()
                .ifPresent(at -> row.put("passed", layout.words().moment(at)));
        tenant.member().tried().ifPresent(at -> row.put("tried", layout.words().moment(at)));
        tenant.member().verdict().ifPresent(verdict -> row.put("verdict", verdict.name()));
        return row;
    }

    private Map<String, Object> sample(Sample sample) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("slot", layout.words().moment(sample.slot()));
        row.put("seed", sample.seed());
        row.put("digest", sample.digest());
        for (Choice.Kind kind : Choice.Kind.values()) {
            row.put(
                    kind.name(),
                    sample.choices().stream()
                            .filter(choice -> choice.kind() == kind)
                            .map(choice -> Map.of("tenant", choice.tenant(), "system", choice.system()))
                            .toList());
        }
        row.put("vanished", sample.vanished());
        sample.problem().ifPresent(problem -> row.put("problem", problem.what()));
        return row;
    }
}
