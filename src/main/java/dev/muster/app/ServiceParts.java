package dev.muster.app;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Runbook;
import dev.muster.ledger.Destination;
import dev.muster.orchestrator.Surroundings;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.Desk;
import dev.muster.template.Pages;
import dev.muster.web.Part;
import dev.muster.web.Web;
import dev.muster.web.api.Api;
import dev.muster.web.api.Health;
import dev.muster.web.pages.CalendarPage;
import dev.muster.web.pages.Deeds;
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
import dev.muster.web.pages.scratch.ScratchPages;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the service answers: the API and every page. */
final class ServiceParts {
    /** So long nobody looks at the schedule only when something is wrong. */
    private static final Duration ASLEEP = Duration.ofMinutes(5);

    private final Wiring wiring;
    private final Settings settings;
    private final Catalog catalog;
    private final Slots slots;
    private final Desk desk;
    private final People people;
    private final Clock clock;
    private final StaticFiles files = new StaticFiles();
    private final Layout layout;

    ServiceParts(
            Wiring wiring, Settings settings, Catalog catalog, Slots slots, Desk desk, People people, Clock clock) {
        this.wiring = wiring;
        this.settings = settings;
        this.catalog = catalog;
        this.slots = slots;
        this.desk = desk;
        this.people = people;
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
        List<Runbook> good = wiring.library().runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .toList();
        return new Standings(new Figures(catalog)).all(good, clock.instant());
    }

    private Health health() {
        return new Health(List.of(
                new Health.Probe(
                        "the catalog answers",
                        () -> catalog.newest(Optional.empty(), 1).size() <= 1),
                new Health.Probe("the home can be written", () -> Files.isWritable(settings.home())),
                new Health.Probe(
                        "somebody looks at the schedule",
                        () -> slots.lastLook()
                                .filter(look -> look.isAfter(clock.instant().minus(ASLEEP)))
                                .isPresent())));
    }

    private List<Part> pages() {
        Library library = wiring.library();
        Figures figures = new Figures(catalog);
        Deeds deeds =
                (request, action, on) -> people.audit().note(Actor.of(Web.person(request), request.ip()), action, on);
        return List.of(
                new Overview(layout, library::runbooks, figures, desk, slots),
                new SystemPage(layout, library::runbooks, catalog, slots),
                new CalendarPage(layout, slots, wiring.calendars()::calendars, figures),
                new FleetPages(layout, library::runbooks, new Fleets(catalog)),
                new Runbooks(layout, library::runbooks),
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
