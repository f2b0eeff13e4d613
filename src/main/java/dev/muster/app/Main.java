package dev.muster.app;

import dev.muster.cli.Commands;
import dev.muster.cli.Terminal;
import dev.muster.drill.Problem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where Muster starts. */
public final class Main {
    private static final String LOG = "MUSTER_LOG";
    private static final String TEXT = "text";
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Clock clock = Clock.systemUTC();
        // The machine's own encoding may not know the characters of a table or a name.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        String log = System.getenv().getOrDefault(LOG, TEXT);
        if (!List.of(TEXT, "json").contains(log)) {
            err.println("muster: "
                    + new Problem(
                            "Log lines are text or json, and not `" + log + "`",
                            LOG,
                            "Set this variable to text or json, or leave it out."));
            return WRONG_USAGE;
        }
        // What libraries say by Java's own logging goes the same way as everything else.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Terminal terminal = new Terminal(out, err, Boolean.getBoolean("muster.terminal"));
        Commands commands = new Commands(
                (config, home) -> new Wiring(Settings.read(config, home, System.getenv()), clock),
                new SampleDemonstration(clock),
                new InPod(clock),
                terminal,
                clock);
        return commands.run(arguments);
    }
}
