package dev.muster.outlook.management;

import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Verdict;
import java.time.Instant;

/** A drill that came to a verdict. */
public record PastDrill(String drill, String runbook, String system, Instant ended, Verdict verdict) {
    static PastDrill of(Outcome outcome) {
        return new PastDrill(outcome.drill(), outcome.runbook(), outcome.system(), outcome.ended(), outcome.verdict());
    }
}
