package dev.muster.cli;

import dev.muster.drill.Baseline;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.baseline.BaselineMaking;
import dev.muster.orchestrator.baseline.Kept;
import dev.muster.runbook.References;
import dev.muster.runbook.RunbookText;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster baseline}: what the data should be. */
@Command(
        name = "baseline",
        description =
                "Reads what a database holds, and adds it, signed, to the vault for later drills to compare with.")
final class BaselineCommand implements Callable<Integer> {
    private static final Pattern PASSWORD = Pattern.compile("//[^/@]*:[^/@]*@|[?&]password=");

    @ParentCommand
    private MusterCommand muster;

    @Mixin
    private final DrillOptions options = new DrillOptions();

    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            description = "The live database, such as postgresql://muster@db.example.com/odoo, or a reference to its"
                    + " address; else as the runbook says.")
    private @Nullable String database;

    @Option(
            names = "--from-drill",
            description = "Restore the backup that a drill would take, and read that in place of the live database.")
    private boolean fromDrill;

    @Override
    public Integer call() throws Exception {
        refuseWhatDoesNotFit();
        try (Workshop workshop = muster.workshop()) {
            RunbookText text = options.read(muster, workshop);
            if (text.runbook().isEmpty()) {
                return muster.misprints(text.misprints());
            }
            Kept kept = kept(workshop.baselines(), text.runbook().get());
            if (muster.json()) {
                json(kept).print(muster.terminal());
            } else {
                print(kept);
            }
            return ExitCode.PASSED;
        }
    }

    private void refuseWhatDoesNotFit() {
        if (database != null && fromDrill) {
            throw new WrongUsage(new Problem(
                    "A baseline is read from one database only", "--database, --from-drill", "Leave one of them out."));
        }
        if (!fromDrill && options.chooses()) {
            throw new WrongUsage(new Problem(
                    "A live database is read as it is now", "--at, --backup", "Add --from-drill, or leave them out."));
        }
        if (database != null
                && PASSWORD.matcher(database.replaceAll("\\$\\{[^}]*}", "")).find()) {
            throw new WrongUsage(new Problem(
                    "A password stands on the command line, where others can read it",
                    "--database",
                    "Take it out, change it, and refer to it with `baseline.password: \"${secret:NAME}\"` in the"
                            + " runbook."));
        }
        if (database != null && !References.wellFormed(database)) {
            throw new WrongUsage(new Problem(
                    "The reference in the address is not written as ${env:NAME} or ${secret:NAME}",
                    "--database",
                    "Put it in single quotes, so that the shell leaves it as it is."));
        }
    }

    private Kept kept(BaselineMaking making, Runbook read) throws Exception {
        Progress progress = muster.progress();
        Thread worker = Thread.currentThread();
        return OnSignal.during(
                () -> {
                    Kept kept = fromDrill
                            ? making.restored(options.request(muster, read), progress)
                            : making.live(read, Optional.ofNullable(database), progress);
                    if (progress instanceof ProgressBars bars) {
                        bars.settle();
                    }
                    return kept;
                },
                worker::interrupt);
    }

    private void print(Kept kept) {
        Baseline baseline = kept.baseline();
        long rows = baseline.tables().values().stream()
                .mapToLong(Baseline.Table::rows)
                .sum();
        Terminal terminal = muster.terminal();
        terminal.out()
                .println(terminal.bold("Baseline of " + baseline.system()) + " at " + Words.instant(baseline.at()));
        terminal.out().println("read from  " + baseline.origin().words());
        terminal.out()
                .println("server     PostgreSQL " + baseline.server().version() + ", "
                        + baseline.server().encoding());
        terminal.out().println("tables     " + baseline.tables().size() + " with " + rows + " rows");
        baseline.watermarks()
                .forEach((process, newest) ->
                        terminal.out().println("newest     " + process + " " + Words.instant(newest)));
        terminal.out().println("written    " + kept.address());
        terminal.out().println("signed by  " + kept.key());
    }

    private static Json json(Kept kept) {
        Baseline baseline = kept.baseline();
        return new Json()
                .with("object", kept.address())
                .with("sha256", kept.sha256())
                .with("key", kept.key())
                .with("system", baseline.system())
                .with("at", baseline.at())
                .with("readFrom", baseline.origin().words())
                .with("server", baseline.server().version())
                .with("encoding", baseline.server().encoding())
                .with(
                        "watermarks",
                        Json.list(
                                baseline.watermarks().entrySet(),
                                newest -> new Json()
                                        .with("process", newest.getKey())
                                        .with("newest", newest.getValue())))
                .with(
                        "tables",
                        Json.list(
                                baseline.tables().entrySet(),
                                table -> new Json()
                                        .with("name", table.getKey())
                                        .with("rows", table.getValue().rows())
                                        .with("digest", table.getValue().digest())
                                        .with("owner", table.getValue().owner())));
    }
}
