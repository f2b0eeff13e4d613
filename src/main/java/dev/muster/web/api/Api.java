package dev.muster.web.api;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.drill.Slot;
import dev.muster.evidence.Evidence;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.outlook.Standing;
import dev.muster.outlook.management.Management;
import dev.muster.people.AuditLog;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.Desk;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import dev.muster.web.limit.RateLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The REST API, with the description of itself. */
public final class Api implements Part {
    private static final int STARTS_AT_ONCE = 10;
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(6);

    private final List<Part> parts;

    private Api(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * The API of these parts of Muster.
     *
     * @param evidenceFolder where bundles lie
     * @param checkpoint signs what the ledger is now
     * @param slots the slots from one moment to another
     * @param standings how each system stands
     */
    public static Api of(
            Desk desk,
            Library library,
            RunbookReader reader,
            Planner planner,
            Catalog catalog,
            Ledger ledger,
            Supplier<Checkpoint> checkpoint,
            Evidence evidence,
            Path evidenceFolder,
            Packing packing,
            Reaper reaper,
            BiFunction<Instant, Instant, List<Slot>> slots,
            Supplier<List<Standing>> standings,
            AuditLog audit,
            Clock clock) {
        Audited audited = new Audited(audit);
        DrillFiles files = new DrillFiles(catalog, evidence, evidenceFolder);
        return new Api(List.of(
                new OpenApi(),
                new MeRoutes(),
                new OverviewRoutes(desk, standings),
                new ManagementRoutes(library, new Management(catalog), clock),
                new SystemRoutes(library, catalog, standings, clock),
                new FleetRoutes(library, new Fleets(catalog), clock),
                new RunbookRoutes(library, new Planning(reader, planner, clock)),
                new DrillRoutes(desk, catalog, files, new RateLimits(STARTS_AT_ONCE, BETWEEN_STARTS, clock), audited),
                files,
                new LedgerRoutes(ledger, checkpoint, clock),
                new ScheduleRoutes(slots, clock),
                new DeliveryRoutes(catalog),
                new ScratchRoutes(reaper, audited),
                new ExportRoutes(packing, audited)));
    }

    @Override
    public void add(Routes routes) {
        parts.forEach(part -> part.add(routes));
    }
}
