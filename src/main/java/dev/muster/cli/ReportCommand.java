package dev.muster.cli;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Problem;
import java.nio.charset.StandardCharsets;
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
            paramLabel = "html|pdf|json|summary|summary-pdf|markdown|junit",
            defaultValue = "html",
            description = "The report as a page or for paper, the record itself, one page for management, a text for"
                    + " a ticket, or what pipelines read of tests; else ${DEFAULT-VALUE}.")
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
            byte[] rendered = workshop.evidence().render(PastDrill.bundle(found), muster.json() ? "json" : format);
            if (output != null) {
                Files.write(output, rendered);
                muster.terminal().err().println("wrote " + output);
            } else if (format.endsWith("pdf") && !muster.json()) {
                throw new WrongUsage(new Problem(
                        "A document of the format " + format + " cannot be shown here",
                        "--format " + format,
                        "Name a file for it: `muster report " + drill + " --format " + format
                                + " --output report.pdf`."));
            } else {
                muster.terminal().out().println(new String(rendered, StandardCharsets.UTF_8));
            }
            return ExitCode.PASSED;
        }
    }
}
