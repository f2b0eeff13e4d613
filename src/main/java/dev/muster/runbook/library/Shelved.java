package dev.muster.runbook.library;

import dev.muster.drill.Runbook;
import dev.muster.runbook.Misprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A runbook as a library has it.
 *
 * @param name the runbook's, or its file's when it was never good
 * @param good the last version that had no mistakes
 * @param misprints the mistakes in the file as it is now; with {@code good} present, that version is an older one
 * @param read when {@code good} was read
 */
public record Shelved(String name, Path file, Optional<Runbook> good, List<Misprint> misprints, Instant read) {
    public Shelved {
        misprints = List.copyOf(misprints);
    }
}
