package dev.muster.app;

import dev.muster.cli.Commands;
import dev.muster.cli.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where Muster starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Clock clock = Clock.systemUTC();
        // The machine's own encoding may not know the characters of a table or a name.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out, err, Boolean.getBoolean("muster.terminal"));
        Commands commands = new Commands(
                (config, home) -> new Wiring(Settings.read(config, home, System.getenv()), clock),
                new SampleDemonstration(clock),
                terminal,
                clock);
        return commands.run(arguments);
    }
}
