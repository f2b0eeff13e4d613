package dev.muster.web.pages;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Forecast;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Runbook;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.outlook.forecast.Forecasts;
import dev.muster.outlook.forecast.Foreseen;
import dev.muster.people.Right;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.outlook.OutlookInWords;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The first page: are we recoverable, by system and business process, and is it getting worse. */
public final class Overview implements Part {
    private static final int SYSTEMS_ON_PAGE = 40;
    private static final Duration AHEAD = Duration.ofDays(45);

    private final Layout layout;
    private final Supplier<List<Shelved>> runbooks;
    private final Figures figures;
    private final Desk desk;
    private final Slots slots;
    private final Foreseen foreseen;
    private final Listing<Line> listing = new Listing<>(
            "systems",
            List.of(
                    Listing.Column.by("system", "System and process", line -> Optional.of(line.system())),
                    Listing.Column.by(
                            "state",
                            "Standing",
                            line -> Optional.of(line.standing().state())),
                    Listing.Column.by(
                            "proven",
                            "Last proven",
                            line -> line.standing().lastPassed().map(last -> last.ended())),
                    Listing.Column.by(
                            "rpo",
                            "Recovery point (RPO)",
                            line -> line.standing().lastPassed().flatMap(last -> last.rpo())),
                    Listing.Column.by(
                            "rto",
                            "Recovery time (RTO)",
                            line -> line.standing().lastPassed().flatMap(last -> last.rto())),
                    Listing.Column.by("next", "Next", line -> line.next())),
            Line::searched,
            views(),
            SYSTEMS_ON_PAGE);

    /** @param runbooks all of them, as they are now */
    public Overview(Layout layout, Supplier<List<Shelved>> runbooks, Figures figures, Desk desk, Slots slots) {
        this.layout = layout;
        this.runbooks = runbooks;
        this.figures = figures;
        this.desk = desk;
        this.slots = slots;
        this.foreseen = new Foreseen(figures);
    }

    /** A system in the table. */
    private record Line(Standing standing, List<QueuedDrill> open, Optional<Instant> next) {
        String system() {
            return standing.system();
        }

        String searched() {
            return system() + " "
                    + standing.runbooks().stream()
                            .map(runbook -> runbook.title() + " " + runbook.owner() + " "
                                    + String.join(" ", runbook.processes().keySet()))
                            .collect(Collectors.joining(" "));
        }

        boolean running() {
            return open.stream().anyMatch(drill -> drill.state() == QueuedDrill.State.RUNNING);
        }
    }

    private static Map<String, Predicate<Line>> views() {
        Map<String, Predicate<Line>> views = new LinkedHashMap<>();
        views.put("All", line -> true);
        views.put("Overdue", is(Standing.State.OVERDUE));
        views.put("Never proven", is(Standing.State.NEVER_PROVEN));
        views.put("Changed since", is(Standing.State.NOT_PROVEN_SINCE_CHANGE));
        views.put("Proven", is(Standing.State.PROVEN));
        views.put("Running now", Line::running);
        return views;
    }

    private static Predicate<Line> is(Standing.State state) {
        return line -> line.standing().state() == state;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/", Right.READ, this::answer);
    }

    private void answer(Context request) {
        Instant now = layout.words().now();
        List<Shelved> shelf = runbooks.get();
        List<Runbook> good =
                shelf.stream().flatMap(runbook -> runbook.good().stream()).toList();
        List<Standing> standings = new Standings(figures).all(good, now);
        Map<String, List<QueuedDrill>> open = desk.open().stream().collect(Collectors.groupingBy(QueuedDrill::system));
        Map<String, Instant> next = slots.next(now, now.plus(AHEAD));
        List<Line> lines = standings.stream()
                .map(standing -> new Line(
                        standing,
                        open.getOrDefault(standing.system(), List.of()),
                        Optional.ofNullable(next.get(standing.system()))))
                // What needs somebody stands first, until they sort it otherwise.
                .sorted(Comparator.comparing(line -> line.standing().state()))
                .toList();
        Listing.Shown<Line> shown = listing.shown(request, lines);
        List<Standing> onPage = shown.rows().stream().map(Line::standing).toList();
        SystemRows rows = SystemRows.of(onPage, figures, layout.words());
        Map<String, List<Forecast>> forecasts = foreseen.of(onPage, now);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", "Recoverability");
        model.put("lede", lede(standings));
        model.put("running", running(desk.open()));
        model.put(
                "misprinted",
                shelf.stream().filter(runbook -> !runbook.misprints().isEmpty()).count());
        model.put("systems", shown.with(line -> row(line, rows, forecasts)));
        layout.answer(request, "overview", "overview", model);
    }

    private Map<String, Object> row(Line line, SystemRows rows, Map<String, List<Forecast>> forecasts) {
        Map<String, Object> row = rows.row(line.standing());
        Forecasts.nextBreach(forecasts.getOrDefault(line.system(), List.of()))
                .ifPresent(breach -> row.put("breach", new OutlookInWords(layout.words()).row(breach)));
        line.next().ifPresent(due -> row.put("next", layout.words().moment(due)));
        row.put(
                "open",
                line.open().stream()
                        .map(drill -> Map.<String, Object>of(
                                "drill", drill.drill(), "state", drill.state().name()))
                        .toList());
        return row;
    }

    private List<Map<String, Object>> running(List<QueuedDrill> open) {
        List<Map<String, Object>> running = new ArrayList<>();
        for (QueuedDrill drill : open) {
            if (drill.state() == QueuedDrill.State.RUNNING) {
                Map<String, Object> model = new LinkedHashMap<>();
                model.put("drill", drill.drill());
                model.put("system", drill.system());
                drill.startedAt()
                        .ifPresent(at -> model.put("since", layout.words().moment(at)));
                running.add(model);
            }
        }
        return running;
    }

    /** How many there are of each standing. */
    private static Map<String, Object> lede(List<Standing> standings) {
        Map<Standing.State, Integer> counts = new EnumMap<>(Standing.State.class);
        standings.forEach(standing -> counts.merge(standing.state(), 1, Integer::sum));
        Map<String, Object> lede = new LinkedHashMap<>();
        lede.put("all", standings.size());
        for (Standing.State state : Standing.State.values()) {
            lede.put(state.name(), counts.getOrDefault(state, 0));
        }
        return lede;
    }
}
