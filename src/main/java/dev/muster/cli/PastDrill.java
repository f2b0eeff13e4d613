package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import java.nio.file.Path;

/** Finds a past drill by its name or an unambiguous beginning of it. */
final class PastDrill {
    private PastDrill() {}

    static DrillSummary find(Workshop workshop, String drill) {
        return workshop.catalog()
                .find(drill)
                .orElseThrow(() -> new WrongUsage(new Problem(
                        "There is no drill " + drill,
                        workshop.home().toString(),
                        "`muster drills` lists them; an unambiguous beginning of a name is enough.")));
    }

    static Path bundle(DrillSummary drill) {
        return drill.bundle()
                .map(Path::of)
                .orElseThrow(() -> new WrongUsage(new Problem(
                        "The drill " + drill.drill() + " has no bundle: " + drill.summary(),
                        drill.drill(),
                        "When its evidence is not signed yet, `muster evidence list` says so. Else its entries in the"
                                + " ledger are all there is: `muster ledger show --drill " + drill.drill() + "`.")));
    }
}
