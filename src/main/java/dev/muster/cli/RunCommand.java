package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.orchestrator.Conclusion;
import dev.muster.runbook.RunbookText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster run}: one drill now. */
@Command(name = "run", description = "Runs one drill now.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "RUNBOOK", description = "A runbook's file, or its name in the runbooks' folder.")
    private String runbook;

    @Option(
            names = "--at",
            paramLabel = "T",
            description = "The disaster instant, such as 2026-11-20T02:00:00Z; else now.")
    private @Nullable String at;

    @Option(
            names = "--backup",
            paramLabel = "ASSET=ID",
            description = "Restore this backup (object key or name) instead of the one the runbook would choose.")
    private Map<String, String> backups = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "Set a value of the runbook, such as scratch.postgres=16.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            description = "Keep the scratch open this long after the checks, such as 4h.")
    private @Nullable String keep;

    @Option(names = "--out", paramLabel = "DIR", description = "Copy bundle and report into this folder as well.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = muster.read(workshop, runbook, overrides);
            if (text.runbook().isEmpty()) {
                return new Drilling(muster).refuse(workshop.conductor(), text);
            }
            DrillRequest request = Requests.of(
                    text.runbook().get(),
                    Optional.ofNullable(at),
                    backups,
                    overrides,
                    Optional.ofNullable(keep),
                    DrillRequest.Trigger.OPERATOR,
                    muster.clock());
            Conclusion told = new Drilling(muster).run(workshop.conductor(), request, conclusion -> {
                Conclusion copied = out == null ? conclusion : copied(conclusion, out);
                if (muster.json()) {
                    DrillJson.of(copied).print(muster.terminal());
                } else {
                    Summary.print(copied, workshop.keys(), muster.terminal());
                }
                return copied;
            });
            return ExitCode.of(told.record().verdict());
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
