package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster report}: renders a drill's report again. */
@Command(name = "report", description = "Renders the report of a past drill again, from its evidence.")
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "ID", description = "The drill, or an unambiguous beginning of its name.")
    private String drill;

    @Option(
            names = "--format",
            paramLabel = "html|json",
            defaultValue = "html",
            description = "The report as a page, or the record itself; else ${DEFAULT-VALUE}.")
    private String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write into this file; else standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            DrillSummary found = PastDrill.find(workshop, drill);
            String text = workshop.evidence().render(PastDrill.bundle(found), muster.json() ? "json" : format);
            if (output == null) {
                muster.terminal().out().println(text);
            } else {
                Files.writeString(output, text);
                muster.terminal().err().println("wrote " + output);
            }
            return ExitCode.PASSED;
        }
    }
}
