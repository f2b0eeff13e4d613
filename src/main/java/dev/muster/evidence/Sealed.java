package dev.muster.evidence;

import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bundle that was signed and written.
 *
 * @param untimed why no authority's timestamp is in it, when one was asked for
 */
public record Sealed(Path bundle, Optional<Problem> untimed) {}
