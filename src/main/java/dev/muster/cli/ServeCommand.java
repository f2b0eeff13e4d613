package dev.muster.cli;

import dev.muster.drill.Secret;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster serve}: the schedule, the REST API and the pages, until it is asked to end. */
@Command(name = "serve", description = "Runs the schedule, the REST API and the pages.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on, 0 for any that is free; else as the settings say.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
        // Heard until all has ended, so that whoever asks once more is heard as well.
        try (Signals signals = Signals.heard();
                Workshop workshop = muster.workshop();
                Serving serving = workshop.serve(Optional.ofNullable(port))) {
            serving.firstPassword().ifPresent(this::hand);
            say("Muster is at " + serving.address());
            if (muster.json()) {
                new Json()
                        .with("address", serving.address().toString())
                        .with("process", ProcessHandle.current().pid())
                        .print(muster.terminal());
            }
            signals.await();
            signals.next(serving::hurry);
            say(ending(serving.beginNothingMore()));
        }
        return ExitCode.PASSED;
    }

    private static String ending(int running) {
        return running == 0
                ? "Ending."
                : "Ending: " + running + (running == 1 ? " drill runs" : " drills run")
                        + " and may go on for the time of grace (`drills.grace`). Ask once more to stop at once.";
    }

    private void say(String line) {
        muster.terminal().err().println(line);
    }

    /** Shown this once and kept nowhere. */
    private void hand(Secret password) {
        muster.terminal()
                .err()
                .println(
                        "Nobody may come in yet. Sign in as `admin` with this password within 24 hours, and choose another:\n"
                                + password.reveal());
    }
}
