package dev.muster.check;

import dev.muster.drill.Problem;

/** What a check says that found nothing to look at, which is never a pass. */
final class NothingThere {
    private NothingThere() {}

    static Problem in(Subject subject, String thing) {
        return new Problem(
                "The restored database holds no " + thing + " to look at",
                "database " + subject.restoredDatabase().name(),
                "See with \"muster plan " + subject.runbook().file()
                        + "\" whether the right backup was chosen. If the system"
                        + " really has no " + thing
                        + ", leave the check out with \"without:\" in the runbook and say so there.");
    }
}
