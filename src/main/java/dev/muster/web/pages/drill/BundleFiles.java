package dev.muster.web.pages.drill;

import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.evidence.archive.BundleFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the bundle of a drill, and what is in it. */
final class BundleFiles {
    private final Catalog catalog;

    BundleFiles(Catalog catalog) {
        this.catalog = catalog;
    }

    DrillSummary drill(String name) {
        return catalog.find(name)
                .filter(found -> found.drill().equals(name))
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                "There is no drill of this name", name, "The page Drills lists all that there are.")));
    }

    Path bundle(DrillSummary drill) {
        return drill.bundle()
                .map(Path::of)
                .filter(Files::exists)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem(
                                drill.verdict().isEmpty()
                                        ? "The drill has not ended, so there is no evidence yet"
                                        : "There is no evidence to show of this drill",
                                drill.drill(),
                                drill.verdict().isEmpty()
                                        ? "Come back when it has ended."
                                        : "What the ledger says of it is all there is; the drill's page says what is"
                                                + " missing.")));
    }

    /** One of the files in a bundle. */
    static byte[] of(Path bundle, String name) {
        byte[] content = BundleFile.read(bundle).files().get(name);
        if (content == null) {
            throw new CouldNotRun(new Problem(
                    "The bundle holds no " + name,
                    bundle.toString(),
                    "See what is wrong with it: `muster verify " + bundle + "`."));
        }
        return content;
    }
}
