package dev.muster.web.pages.drill;

import dev.muster.catalog.History;
import dev.muster.drill.Verdict;
import dev.muster.people.Right;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Address;
import dev.muster.web.pages.Days;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Leaves;
import dev.muster.web.pages.Quarter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All drills that there ever were, by system, runbook, verdict and time. */
final class HistoryPage implements Part {
    private static final int ON_PAGE = 50;
    private static final List<String> FILTERS = List.of("system", "runbook", "verdict", "from", "to");

    private final History history;
    private final Layout layout;

    HistoryPage(History history, Layout layout) {
        this.history = history;
        this.layout = layout;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/drills", Right.READ, this::show);
    }

    private void show(Context request) {
        Address asked = Address.of(request, FILTERS);
        Days days = Days.of(asked, layout.words().zone());
        History.Filter wanted = new History.Filter(
                asked.value("system"),
                asked.value("runbook"),
                asked.value("verdict").flatMap(HistoryPage::verdict),
                days.from(),
                days.to());
        Leaves leaves = new Leaves(asked, history.count(wanted), ON_PAGE);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put(
                "drills",
                history.leaf(wanted, leaves.first(), ON_PAGE).stream()
                        .map(drill -> DrillInWords.of(drill, layout.words()))
                        .toList());
        model.put("leaves", leaves.model());
        model.put("asked", asked.values());
        model.put("verdicts", Arrays.stream(Verdict.values()).map(Enum::name).toList());
        days.problem().ifPresent(problem -> model.put("problem", problem));
        LocalDate today =
                LocalDate.ofInstant(layout.words().now(), layout.words().zone());
        model.put("quarters", asked.quarters(Quarter.offered(today)));
        layout.answer(request, "drills", "drills", model);
    }

    private static Optional<Verdict> verdict(String name) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(name))
                .findFirst();
    }
}
