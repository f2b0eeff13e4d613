package dev.muster.web.pages.drill;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.History;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Layout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Where drills are started, watched, stopped and looked at afterwards. */
public final class DrillPages implements Part {
    private final List<Part> parts;

    /** @param keys the folder with the public keys that are trusted */
    public DrillPages(
            Desk desk,
            Library library,
            Planner planner,
            Catalog catalog,
            FollowingUp followingUp,
            Reaper reaper,
            Path keys,
            Deeds deeds,
            Layout layout,
            Clock clock) {
        this.parts = List.of(
                new StartPage(desk, library, planner, deeds, layout, clock),
                new QueuePage(desk, layout),
                new DrillPage(desk, catalog, new EndedDrill(followingUp, reaper, layout.words()), deeds, layout),
                new HistoryPage(new History(catalog), layout),
                new ReportPage(catalog, keys, deeds, layout));
    }

    @Override
    public void add(Routes routes) {
        parts.forEach(part -> part.add(routes));
    }
}
