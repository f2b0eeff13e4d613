package dev.muster.cli;

import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.orchestrator.Surroundings;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.runbook.RunbookText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code muster}: what all its commands share. */
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description =
                "Rehearses disasters: restores real backups into a scratch, proves them, and leaves signed evidence.",
        versionProvider = MusterCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            WorkerCommand.class,
            RunCommand.class,
            PlanCommand.class,
            LintCommand.class,
            BackupsCommand.class,
            BaselineCommand.class,
            ProveCommand.class,
            DrillsCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            EvidenceCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            LedgerCommand.class,
            CatalogCommand.class,
            ScratchCommand.class,
            KeysCommand.class,
            ScheduleCommand.class,
            TellCommand.class,
            DeliveriesCommand.class,
            FleetCommand.class,
            ServeCommand.class,
            UsersCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 passed, 1 failed, 2 wrong usage or settings, 3 could not run,",
            "            4 aborted, 5 evidence invalid, 6 evidence not trusted"
        })
final class MusterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings; else muster.yaml here, else config/muster.yaml.")
    private @Nullable Path config;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Catalog, ledger, evidence, keys and scratches; else as the settings say, else ~/.muster.")
    private @Nullable Path home;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document on standard output and nothing else there.")
    private boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show what goes on inside, stack traces included.")
    private boolean verbose;

    private final Workshop.Opener opener;
    private final Terminal terminal;
    private final Clock clock;

    MusterCommand(Workshop.Opener opener, Terminal terminal, Clock clock) {
        this.opener = opener;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return ExitCode.WRONG_USAGE;
    }

    Workshop workshop() throws Misprints {
        return workshop(Optional.empty());
    }

    /** A workshop with these settings, unless the user named others. */
    Workshop workshop(Optional<Path> settings) throws Misprints {
        return opener.open(Optional.ofNullable(config).or(() -> settings), Optional.ofNullable(home));
    }

    /** The home that the user named in place of the settings' own. */
    Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    Terminal terminal() {
        return terminal;
    }

    Clock clock() {
        return clock;
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    /** Progress as this terminal shows it best. */
    Progress progress() {
        return terminal.interactive()
                ? new ProgressBars(terminal.err(), clock)
                : new ProgressLines(terminal.err(), clock);
    }

    /** The runbook's file: as named, or by its name in the runbooks' folder. */
    Path runbookFile(Workshop workshop, String runbook) {
        Path named = Path.of(runbook);
        if (Files.exists(named)) {
            return named;
        }
        Path inFolder = workshop.runbookFolder().resolve(runbook.endsWith(".yaml") ? runbook : runbook + ".yaml");
        if (Files.exists(inFolder)) {
            return inFolder;
        }
        throw new WrongUsage(new Problem(
                "There is no runbook " + runbook,
                named.toAbsolutePath() + ", " + inFolder.toAbsolutePath(),
                "Name a file, or a runbook of the folder that `runbooks:` in the settings names."));
    }

    RunbookText read(Workshop workshop, String runbook, Map<String, String> overrides) {
        return workshop.runbooks().read(runbookFile(workshop, runbook), overrides);
    }

    /** Says all mistakes of a file at once; the exit code for wrong usage. */
    int misprints(List<Misprint> misprints) {
        if (json) {
            new Json()
                    .with("misprints", Json.list(misprints, MusterCommand::misprint))
                    .print(terminal);
        } else {
            misprints.forEach(terminal.err()::println);
        }
        return ExitCode.WRONG_USAGE;
    }

    static Json misprint(Misprint misprint) {
        return new Json()
                .with("file", misprint.file())
                .with("line", misprint.line())
                .with("column", misprint.column())
                .with("what", misprint.what())
                .with("remedy", misprint.remedy());
    }

    /** Where the version comes from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"muster " + Surroundings.version()};
        }
    }
}
