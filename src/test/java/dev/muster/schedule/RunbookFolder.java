package dev.muster.schedule;

import dev.muster.check.Checks;
import dev.muster.drill.Runbook;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Runbooks with a schedule, as tests write and read them. */
public final class RunbookFolder {
    private final Path folder;

    public RunbookFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    public Path write(String name, String schedule) throws IOException {
        return write(name, schedule, "");
    }

    /** Writes one with further keys at the top of its file. */
    public Path write(String name, String schedule, String further) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: muster.dev/v1
                name: %s
                system: %s-system
                owner: platform-team
                scenario: operator-error
                schedule: %s
                %s
                backups:
                  database: { vault: primary, format: pg-dump, prefix: db/ }
                scratch: { postgres: 15 }
                steps:
                  - restore: database
                  - check: database-integrity
                """.formatted(
                        name,
                        name,
                        schedule,
                        further.contains("objectives") ? further : "objectives: { rpo: 1h, rto: 4h }\n" + further));
    }

    /** The template of a fleet that is due every night. */
    public Runbook template(String name) throws IOException {
        return template(name, "{ list: [alpha] }", "", "");
    }

    /** The template of a fleet, with its source of tenants and more of the fleet's and the schedule's keys. */
    public Runbook template(String name, String tenants, String ofFleet, String ofSchedule) throws IOException {
        Path file = write(
                name,
                "{ cron: \"0 0 3 * * ?\"" + ofSchedule + " }",
                "fleet: { tenants: " + tenants + ", each: 6 months" + ofFleet + " }");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(name + "-system", "tenant-${tenant}")
                        .replace("prefix: db/", "prefix: \"tenants/${tenant}/db/\""));
        return read(name);
    }

    public void remove(String name) throws IOException {
        Files.delete(folder.resolve(name + ".yaml"));
    }

    public Library library(Clock clock) {
        return new Library(folder, reader(), clock);
    }

    public Runbook read(String name) {
        return reader().read(folder.resolve(name + ".yaml"), Map.of()).runbook().orElseThrow();
    }

    public static RunbookReader reader() {
        return new RunbookReader(
                Set.of("primary"), Checks.shipped(Clock.systemUTC()).groups());
    }
}
