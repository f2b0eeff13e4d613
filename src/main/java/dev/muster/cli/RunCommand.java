package dev.muster.cli;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Problem;
import dev.muster.orchestrator.Conclusion;
import dev.muster.runbook.RunbookText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster run}: one drill now. */
@Command(name = "run", description = "Runs one drill now.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Mixin
    private final DrillOptions options = new DrillOptions();

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            description = "Keep the scratch open this long after the checks, such as 4h.")
    private @Nullable String keep;

    @Option(names = "--out", paramLabel = "DIR", description = "Copy bundle and report into this folder as well.")
    private @Nullable Path out;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the result into this file as well, as pipelines read the results of tests.")
    private @Nullable Path junit;

    @Override
    public Integer call() throws Exception {
        if (junit != null) {
            // The file of another run would be taken for this one's when this one ends early.
            Files.deleteIfExists(junit);
        }
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = options.read(muster, workshop);
            if (text.runbook().isEmpty()) {
                return new Drilling(muster).refuse(workshop.conductor(), text);
            }
            DrillRequest request = options.request(muster, text.runbook().get(), Optional.ofNullable(keep));
            Conclusion told = new Drilling(muster).run(workshop.conductor(), request, conclusion -> {
                Conclusion copied = out == null ? conclusion : copied(conclusion, out);
                if (muster.json()) {
                    DrillJson.of(copied).print(muster.terminal());
                } else {
                    Summary.print(copied, workshop.keys(), muster.terminal());
                }
                if (junit != null) {
                    write(junit, workshop.evidence().tests(conclusion.record()));
                }
                return copied;
            });
            return ExitCode.of(told.record().verdict());
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new CouldNotRun(
                    new Problem(
                            "The result could not be written for the pipeline (" + unwritable + ")",
                            file.toString(),
                            "The drill is over, and its evidence is whole. Make the folder writable, and write the"
                                    + " file with `muster report ID --format junit --output FILE`."),
                    unwritable);
        }
    }

    private static Conclusion copied(Conclusion conclusion, Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Conclusion(
                conclusion.record(),
                copied(conclusion.bundle(), folder),
                copied(conclusion.report(), folder),
                conclusion.troubles());
    }

    private static Optional<Path> copied(Optional<Path> file, Path folder) throws IOException {
        if (file.isEmpty()) {
            return file;
        }
        Path copy = folder.resolve(file.get().getFileName());
        return Optional.of(Files.copy(file.get(), copy, StandardCopyOption.REPLACE_EXISTING));
    }
}
