package dev.muster.web.pages.management;

import dev.muster.drill.Runbook;
import dev.muster.evidence.management.ManagementModel;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.fleet.Statement;
import dev.muster.outlook.management.Management;
import dev.muster.outlook.management.ManagementView;
import dev.muster.people.Right;
import dev.muster.runbook.library.Shelved;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Layout;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One page for those who manage: which business processes are proven recoverable, and what the others expose. */
public final class ManagementPage implements Part {
    private final Layout layout;
    private final Supplier<List<Shelved>> runbooks;
    private final Management management;
    private final FleetStandings fleets;

    /** @param runbooks all of them, as they are now */
    public ManagementPage(
            Layout layout, Supplier<List<Shelved>> runbooks, Management management, FleetStandings fleets) {
        this.layout = layout;
        this.runbooks = runbooks;
        this.management = management;
        this.fleets = fleets;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/management", Right.READ, this::answer);
    }

    private void answer(Context request) {
        List<Shelved> shelf = runbooks.get();
        List<Runbook> good =
                shelf.stream().flatMap(runbook -> runbook.good().stream()).toList();
        ManagementView view =
                management.view(good, layout.words().now(), layout.words().zone());
        Map<String, Object> model =
                new LinkedHashMap<>(ManagementModel.of(view, layout.words().writing()));
        model.put("title", "Are we recoverable?");
        model.put(
                "misprinted",
                shelf.stream().filter(runbook -> runbook.good().isEmpty()).count());
        model.put(
                "fleets",
                good.stream().filter(Runbook::template).map(this::fleet).toList());
        layout.answer(request, "management", "management", model);
    }

    private Map<String, Object> fleet(Runbook template) {
        Statement statement = fleets.of(template, layout.words().now()).statement();
        return Map.of(
                "name", template.name(),
                "title", template.title(),
                "statement", statement.words(),
                "formula", statement.formula());
    }
}
