package dev.muster.orchestrator.followup;

import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Evidence that has become complete, or nearly so.
 *
 * @param file what was written
 * @param untimed why there is still no timestamp, when one was asked for
 */
public record Completed(String drill, Incomplete.Missing was, Path file, Optional<Problem> untimed) {}
