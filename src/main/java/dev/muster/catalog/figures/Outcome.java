package dev.muster.catalog.figures;

import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a drill ended, in short.
 *
 * @param ended when it finished, or was planned if nobody knows
 * @param runbookSha256 absent for drills of before this was kept
 */
public record Outcome(
        String drill,
        String runbook,
        String system,
        Instant ended,
        Verdict verdict,
        Optional<Duration> rpo,
        Optional<Duration> rto,
        Optional<String> runbookSha256) {}
