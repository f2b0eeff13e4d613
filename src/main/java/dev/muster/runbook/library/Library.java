package dev.muster.runbook.library;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The runbooks of a folder. */
public final class Library {
    private final Path folder;
    private final RunbookReader reader;
    private final Clock clock;

    public Library(Path folder, RunbookReader reader, Clock clock) {
        this.folder = folder;
        this.reader = reader;
        this.clock = clock;
    }

    /** All runbooks, by name. */
    public List<Shelved> runbooks() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(this::shelved)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The runbooks cannot be listed (" + unreadable + ")",
                            folder.toString(),
                            "Make the folder readable for the user who runs Muster."),
                    unreadable);
        }
    }

    public Optional<Shelved> find(String name) {
        return runbooks().stream()
                .filter(runbook -> runbook.name().equals(name))
                .findFirst();
    }

    private Shelved shelved(Path file) {
        RunbookText text = reader.read(file, Map.of());
        String name = text.runbook()
                .map(Runbook::name)
                .orElse(file.getFileName().toString().replaceFirst("[.]yaml$", ""));
        return new Shelved(name, file, text.runbook(), text.misprints(), clock.instant(), Optional.empty());
    }
}
