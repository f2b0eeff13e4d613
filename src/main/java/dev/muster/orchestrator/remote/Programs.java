package dev.muster.orchestrator.remote;

import dev.muster.drill.Application;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Programs that the settings name for applications: single files, carried to where the application is started. */
final class Programs {
    /** What goes at once over the line to a pod has its limits. */
    private static final long MOST_BYTES = 8L << 20;

    private Programs() {}

    /** A program on its way, its bytes in base 64. */
    record Carried(String name, String content) {}

    /** What the runbook starts in the worker's own container, and the settings name a file for. */
    static List<Carried> of(Runbook runbook, Map<String, Path> named) {
        return applications(runbook.steps().stream())
                .filter(application ->
                        application.image().isEmpty() && application.ensemble().isEmpty())
                .flatMap(application -> application.command().stream().limit(1))
                .distinct()
                .flatMap(name -> Optional.ofNullable(named.get(name)).map(file -> carried(name, file)).stream())
                .toList();
    }

    private static Stream<Application> applications(Stream<Step> steps) {
        return steps.flatMap(step -> step instanceof Step.Together together
                ? applications(together.steps().stream())
                : step instanceof Step.Start start ? Stream.of(start.application()) : Stream.empty());
    }

    private static Carried carried(String name, Path program) {
        try {
            if (Files.size(program) > MOST_BYTES) {
                throw new CouldNotRun(new Problem(
                        "The program " + name + " has more than " + MOST_BYTES
                                + " bytes, and is not carried to where the scratch is",
                        program.toString(),
                        "Name an image that holds the application with applications." + name
                                + ".image in the runbook."));
            }
            return new Carried(name, Base64.getEncoder().encodeToString(Files.readAllBytes(program)));
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The program " + name + " cannot be read: " + unreadable,
                            program.toString(),
                            "Correct its path under `programs` in the settings."),
                    unreadable);
        }
    }

    /** Where the programs lie once they are written into this folder, by their names. */
    static Map<String, Path> written(List<Carried> programs, Path folder) throws IOException {
        Map<String, Path> written = new TreeMap<>();
        for (int number = 0; number < programs.size(); number++) {
            // A name may be a path where it comes from.
            Path file = folder.resolve("program-" + number);
            Files.write(file, Base64.getDecoder().decode(programs.get(number).content()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            written.put(programs.get(number).name(), file);
        }
        return written;
    }
}
