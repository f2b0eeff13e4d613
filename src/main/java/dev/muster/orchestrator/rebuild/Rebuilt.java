package dev.muster.orchestrator.rebuild;

import dev.muster.drill.Problem;
import dev.muster.evidence.bundle.Verification.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of making the catalog anew.
 *
 * @param folder where the bundles lie
 * @param fromBundles how many drills it has from their bundles
 * @param fromLedger how many drills without a bundle it has from the ledger alone
 * @param kept how many drills of the catalog neither a sound bundle nor the ledger knows anything better of
 * @param actions how many actions about findings it has from what follows the bundles
 * @param leftOut what was not believed
 */
public record Rebuilt(Path folder, int fromBundles, int fromLedger, long kept, int actions, List<LeftOut> leftOut) {
    public Rebuilt {
        leftOut = List.copyOf(leftOut);
    }

    /** Something that was not believed, and why. */
    public record LeftOut(Path file, Outcome outcome, Problem problem) {}

    /** The worst of what was found: nothing is worse than what was changed. */
    public Optional<Outcome> worst() {
        return leftOut.stream()
                .map(LeftOut::outcome)
                .min((one, other) -> one == other ? 0 : one == Outcome.INVALID ? -1 : 1);
    }
}
