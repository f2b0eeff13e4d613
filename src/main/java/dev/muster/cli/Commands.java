package dev.muster.cli;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.runbook.Misprints;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command line and turns every way out into an exit code and, where something is wrong, a problem. */
public final class Commands {
    private final Workshop.Opener opener;
    private final Demonstration demonstration;
    private final Working working;
    private final Terminal terminal;
    private final Clock clock;

    public Commands(
            Workshop.Opener opener, Demonstration demonstration, Working working, Terminal terminal, Clock clock) {
        this.opener = opener;
        this.demonstration = demonstration;
        this.working = working;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The exit code of these arguments. */
    public int run(String... arguments) {
        MusterCommand muster = new MusterCommand(opener, terminal, clock);
        CommandLine commandLine = new CommandLine(muster, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type == DemoCommand.class) {
                    return type.cast(new DemoCommand(demonstration));
                }
                return type == WorkerCommand.class
                        ? type.cast(new WorkerCommand(working))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler((wrong, typed) -> misread(muster, wrong));
        commandLine.setExecutionExceptionHandler((trouble, command, parsed) -> explain(muster, trouble, parsed));
        return commandLine.execute(arguments);
    }

    private int misread(MusterCommand muster, ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        List<String> suggestions =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String meant = suggestions.isEmpty()
                ? ""
                : "Did you mean `" + command.qualifiedName() + " " + suggestions.get(0) + "`? ";
        return say(
                muster,
                new Problem(
                        Objects.requireNonNullElse(wrong.getMessage(), "The command line cannot be understood"),
                        command.qualifiedName(),
                        meant + "`" + command.qualifiedName() + " --help` says what may stand there."),
                ExitCode.WRONG_USAGE);
    }

    private int explain(MusterCommand muster, Exception trouble, ParseResult parsed) {
        if (muster.verbose()) {
            trouble.printStackTrace(terminal.err());
        }
        if (trouble instanceof Misprints misprints) {
            return muster.misprints(misprints.misprints());
        }
        if (trouble instanceof WrongUsage wrong) {
            return say(muster, wrong.problem(), ExitCode.WRONG_USAGE);
        }
        if (trouble instanceof CouldNotRun unable) {
            return say(muster, unable.problem(), ExitCode.COULD_NOT_RUN);
        }
        return say(
                muster,
                new Problem(
                        "Unforeseen trouble: " + trouble,
                        "muster " + parsed.originalArgs().get(0),
                        "Run again with --verbose to see where it happened, and report it with that output."),
                ExitCode.COULD_NOT_RUN);
    }

    private int say(MusterCommand muster, Problem problem, int exitCode) {
        if (muster.json()) {
            new Json().with("problem", DrillJson.problem(problem)).print(terminal);
        }
        terminal.err().println("muster: " + problem);
        return exitCode;
    }
}
