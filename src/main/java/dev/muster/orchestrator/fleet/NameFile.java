package dev.muster.orchestrator.fleet;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with one name a line. */
final class NameFile {
    private static final int LINE = 128;

    private NameFile() {}

    static List<String> read(Path file, int most) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(most * LINE + 1);
            if (content.length > most * LINE) {
                throw new CouldNotRun(new Problem(
                        "The list of tenants is larger than " + most * LINE + " bytes",
                        file.toString(),
                        "Divide the fleet into several, each with a runbook of its own."));
            }
            return new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The list of tenants cannot be read ("
                                    + unreadable.getClass().getSimpleName() + ")",
                            file.toString(),
                            "Put the file that `fleet.tenants.file` names beside the runbook, readable for the user who runs"
                                    + " Muster."),
                    unreadable);
        }
    }
}
