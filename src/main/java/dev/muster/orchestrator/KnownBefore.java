package dev.muster.orchestrator;

import dev.muster.catalog.Catalog;
import dev.muster.check.comparison.Background;
import dev.muster.drill.Census;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.baseline.Baselines;
import java.time.Instant;
import java.util.Optional;

/** What was known of a system before its drill: the baseline in its vault, and the rows of the drill before. */
public final class KnownBefore {
    private final Baselines baselines;
    private final Catalog catalog;

    public KnownBefore(Baselines baselines, Catalog catalog) {
        this.baselines = baselines;
        this.catalog = catalog;
    }

    Background.Known baseline(Runbook runbook, Instant point) throws InterruptedException {
        return baselines.nearest(runbook, point);
    }

    Optional<Census> lastCensus(Runbook runbook, Instant point) {
        return catalog.lastCensus(runbook.system(), runbook.name(), point);
    }
}
