package dev.muster.runbook;

import dev.muster.drill.Runbook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of reading a runbook's file.
 *
 * @param runbook present exactly when there are no misprints
 * @param misprints every mistake in the file, in its order
 * @param remarks what is worth a second look and hinders no drill
 */
public record RunbookText(Path file, Optional<Runbook> runbook, List<Misprint> misprints, List<Misprint> remarks) {
    public RunbookText {
        remarks = List.copyOf(remarks);
        misprints = List.copyOf(misprints);
        if (runbook.isPresent() != misprints.isEmpty()) {
            throw new IllegalArgumentException("a runbook is there exactly when it has no misprints");
        }
    }
}
