package dev.muster.app;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.news.Outbox;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Runbook;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Destination;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.Surroundings;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.forecast.Foreseen;
import dev.muster.outlook.management.Management;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.Desk;
import dev.muster.telling.Receiver;
import dev.muster.telling.metrics.Metrics;
import dev.muster.telling.metrics.Sources;
import dev.muster.template.Pages;
import dev.muster.web.Part;
import dev.muster.web.Web;
import dev.muster.web.api.Api;
import dev.muster.web.api.Health;
import dev.muster.web.api.MetricsRoute;
import dev.muster.web.pages.CalendarPage;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.DeliveriesPage;
import dev.muster.web.pages.FleetPages;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.Overview;
import dev.muster.web.pages.Runbooks;
import dev.muster.web.pages.SettingsSeen;
import dev.muster.web.pages.StaticFiles;
import dev.muster.web.pages.SystemPage;
import dev.muster.web.pages.Words;
import dev.muster.web.pages.drill.DrillPages;
import dev.muster.web.pages.export.ExportPages;
import dev.muster.web.pages.ledger.LedgerPages;
import dev.muster.web.pages.management.ManagementPage;
import dev.muster.web.pages.scratch.ScratchPages;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the service answers: the API and every page. */
final class ServiceParts {
    /** So long nobody looks at the schedule only when something is wrong. */
    private static final Duration ASLEEP = Duration.ofMinutes(5);
    /** So long whoever asks whether the service is ready waits at most: less than Kubernetes does by itself. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Wiring wiring;
    private final Settings settings;
    private final Catalog catalog;
    private final Slots slots;
    private final Desk desk;
    private final People people;
    private final BooleanSupplier serving;
    private final Clock clock;
    private final StaticFiles files = new StaticFiles();
    private final Layout layout;

    /** @param serving false until everything is up, and from when it ends */
    ServiceParts(
            Wiring wiring,
            Settings settings,
            Catalog catalog,
            Slots slots,
            Desk desk,
            People people,
            BooleanSupplier serving,
            Clock clock) {
        this.wiring = wiring;
        this.settings = settings;
        this.catalog = catalog;
        this.slots = slots;
        this.desk = desk;
        this.people = people;
        this.serving = serving;
        this.clock = clock;
        this.layout = new Layout(
                new Pages(),
                files,
                new Words(settings.report(), clock),
                Surroundings.version(),
                settings.organisation().name());
    }

    Layout layout() {
        return layout;
    }

    /** All parts, with those that are made elsewhere. */
    List<Part> with(Part... others) {
        List<Part> parts = new ArrayList<>(List.of(others));
        parts.add(files);
        parts.add(api());
        parts.add(health());
        parts.add(metrics());
        parts.addAll(pages());
        return parts;
    }

    private Api api() {
        return Api.of(
                desk,
                wiring.library(),
                wiring.runbooks(),
                wiring.planner(),
                catalog,
                wiring.ledger(),
                () -> wiring.ledger().checkpoint(wiring.keyRing().ledger()),
                wiring.evidence(),
                wiring.evidenceFolder(),
                (period, file) -> wiring.exporting().export(period, Optional.empty(), file),
                wiring.reaper(),
                slots::between,
                this::standings,
                people.audit(),
                clock);
    }

    private List<Standing> standings() {
        return new Standings(new Figures(catalog)).all(goodRunbooks(), clock.instant());
    }

    private List<Runbook> goodRunbooks() {
        return wiring.library().runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .toList();
    }

    private MetricsRoute metrics() {
        Ledger ledger = wiring.ledger();
        Reaper reaper = wiring.reaper();
        Foreseen foreseen = new Foreseen(new Figures(catalog));
        Outbox outbox = new Outbox(catalog);
        Metrics metrics = new Metrics(
                List.of(
                        Sources.catalog(new Figures(catalog), slots, this::goodRunbooks, clock),
                        Sources.queue(desk::open),
                        Sources.scratches(reaper::openScratches, reaper::scratchesLeftBehind),
                        Sources.ledger(
                                ledger::size, () -> ledger.checkpoints().last().map(Checkpoint::at)),
                        Sources.forecasts(() -> foreseen.of(standings(), clock.instant()).values().stream()
                                .flatMap(List::stream)
                                .toList()),
                        Sources.deliveries(outbox::waiting)),
                Surroundings.version(),
                clock);
        return new MetricsRoute(accept -> {
            Metrics.Text text = metrics.text(accept);
            return new MetricsRoute.Text(text.type(), text.words());
        });
    }

    private Health health() {
        List<Health.Probe> probes = List.of(
                new Health.Probe("the service has started and is not ending", serving),
                new Health.Probe(
                        "the catalog answers",
                        () -> catalog.newest(Optional.empty(), 1).size() <= 1),
                new Health.Probe("the home can be written", () -> Files.isWritable(settings.home())),
                new Health.Probe(
                        "somebody looks at the schedule",
                        () -> slots.lastLook()
                                .filter(look -> look.isAfter(clock.instant().minus(ASLEEP)))
                                .isPresent()));
        return new Health(probes, PATIENCE, clock);
    }

    private List<Part> pages() {
        Library library = wiring.library();
        Figures figures = new Figures(catalog);
        Deeds deeds =
                (request, action, on) -> people.audit().note(Actor.of(Web.person(request), request.ip()), action, on);
        return List.of(
                new Overview(layout, library::runbooks, figures, desk, slots),
                new ManagementPage(
                        layout, library::runbooks, new Management(catalog), new FleetStandings(new Fleets(catalog))),
                new SystemPage(layout, library::runbooks, catalog, slots),
                new CalendarPage(layout, slots, wiring.calendars()::calendars, figures),
                new FleetPages(layout, library::runbooks, new Fleets(catalog)),
                new Runbooks(layout, library::runbooks),
                new DeliveriesPage(
                        new Outbox(catalog),
                        settings.receivers().stream().map(Receiver::name).toList(),
                        layout),
                new SettingsSeen(layout, new SettingsShown(settings, wiring.keyRing())::groups),
                new DrillPages(
                        desk,
                        library,
                        wiring.planner(),
                        catalog,
                        wiring.followingUp(),
                        wiring.reaper(),
                        wiring.keys(),
                        deeds,
                        layout,
                        clock),
                new LedgerPages(
                        wiring.ledger(),
                        wiring.destinations().stream().map(Destination::name).toList(),
                        layout,
                        clock),
                new ScratchPages(wiring.reaper(), deeds, layout),
                new ExportPages(
                        wiring.home().resolve("exports"), wiring.exporting(), wiring.keys(), deeds, layout, clock));
    }
}
