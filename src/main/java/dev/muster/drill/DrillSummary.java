package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One line of a system's history: a drill as the catalog remembers it. */
public record DrillSummary(
        String drill,
        String runbook,
        String system,
        Instant planned,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Verdict> verdict,
        Instant disaster,
        Optional<Duration> rpo,
        Optional<Duration> rto,
        String summary,
        Optional<String> bundle) {
    /** The same drill, now with a bundle. */
    public DrillSummary withBundle(String file) {
        return new DrillSummary(
                drill,
                runbook,
                system,
                planned,
                started,
                finished,
                verdict,
                disaster,
                rpo,
                rto,
                summary,
                Optional.of(file));
    }
}
