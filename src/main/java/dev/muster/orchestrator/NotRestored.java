package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.Problem;

/** The backup of an asset did not come back, and the drill is to walk back to an older one. */
final class NotRestored extends Exception {
    private static final long serialVersionUID = 1;

    private final Asset asset;
    private final transient Problem problem;

    NotRestored(Asset asset, Problem problem) {
        super(problem.toString());
        this.asset = asset;
        this.problem = problem;
    }

    Asset asset() {
        return asset;
    }

    Problem problem() {
        return problem;
    }
}
