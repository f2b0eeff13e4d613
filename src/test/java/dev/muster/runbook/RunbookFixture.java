package dev.muster.runbook;

import dev.muster.check.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runbooks as tests write and read them. */
final class RunbookFixture {
    static final String SOUND = """
            apiVersion: muster.dev/v1
            name: shop
            system: shop
            owner: platform-team
            scenario: operator-error
            objectives: { rpo: 1h, rto: 4h }
            backups:
              database: { vault: primary, format: pg-dump, prefix: db/ }
            scratch: { postgres: 15 }
            steps:
              - restore: database
              - check: database-integrity
            """;

    private static final Map<String, Set<String>> CHECKS =
            Checks.shipped(Clock.systemUTC()).groups();

    private final Path folder;

    RunbookFixture(Path folder) {
        this.folder = folder;
    }

    static RunbookReader reader() {
        return new RunbookReader(Set.of("primary", "archive"), CHECKS);
    }

    Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("runbook.yaml"), content);
    }

    RunbookText read(String content) throws IOException {
        return read(content, Map.of());
    }

    RunbookText read(String content, Map<String, String> overrides) throws IOException {
        return reader().read(file(content), overrides);
    }

    /** What is wrong, one line each, without the folder. */
    List<String> faults(String content) throws IOException {
        return faults(content, Map.of());
    }

    List<String> faults(String content, Map<String, String> overrides) throws IOException {
        return read(content, overrides).misprints().stream()
                .map(misprint -> misprint.toString().replace(folder + "/", ""))
                .toList();
    }
}
