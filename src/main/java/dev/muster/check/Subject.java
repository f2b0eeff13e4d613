package dev.muster.check;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Asset;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Readings;
import dev.muster.drill.Runbook;
import dev.muster.scratch.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The restored system that checks put their questions to. What was not restored is absent.
 *
 * @param disaster the moment production is taken to have vanished
 * @param readings the instants that each restored asset is good for
 * @param background what is known of it from elsewhere
 */
public record Subject(
        Runbook runbook,
        Optional<Database> database,
        Optional<Path> filestore,
        Optional<Path> configuration,
        Instant disaster,
        Map<Asset, Readings> readings,
        Background background) {

    public Subject {
        readings = Map.copyOf(readings);
    }

    /** A system of which nothing is known from elsewhere. */
    public Subject(
            Runbook runbook,
            Optional<Database> database,
            Optional<Path> filestore,
            Optional<Path> configuration,
            Instant disaster,
            Map<Asset, Readings> readings) {
        this(runbook, database, filestore, configuration, disaster, readings, Background.none());
    }

    /** The restored database; a check that needs one could not run without. */
    public Database restoredDatabase() {
        return database.orElseThrow(() -> missing(Asset.DATABASE));
    }

    /** The folder that the filestore was restored into; a check that needs one could not run without. */
    public Path restoredFilestore() {
        return filestore.orElseThrow(() -> missing(Asset.FILESTORE));
    }

    /** The folder that the configuration was restored into; a check that needs one could not run without. */
    public Path restoredConfiguration() {
        return configuration.orElseThrow(() -> missing(Asset.CONFIGURATION));
    }

    Subject on(Database other) {
        return new Subject(runbook, Optional.of(other), filestore, configuration, disaster, readings, background);
    }

    private CouldNotRun missing(Asset asset) {
        if (readings.containsKey(asset)) {
            return new CouldNotRun(new Problem(
                    "The " + asset.label() + " did not come back, so there is nothing to look at",
                    runbook.file(),
                    "Look at the problem of \"restore: " + asset.label() + "\" first."));
        }
        return new CouldNotRun(new Problem(
                "There is no restored " + asset.label() + " to look at",
                runbook.file(),
                "Put the step \"restore: " + asset.label() + "\" before this check, or take the check out."));
    }
}
