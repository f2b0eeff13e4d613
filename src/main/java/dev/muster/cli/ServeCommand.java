package dev.muster.cli;

import dev.muster.drill.Secret;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster serve}: the schedule, the REST API and the pages, until it is asked to end. */
@Command(name = "serve", description = "Runs the schedule, the REST API and the pages.")
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; else as the settings say.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Workshop workshop = muster.workshop()) {
            return OnSignal.during(
                    () -> {
                        workshop.people().register().firstAdministrator().ifPresent(this::hand);
                        try (Serving serving = workshop.serve(Optional.ofNullable(port))) {
                            muster.terminal().err().println("Muster is at " + serving.address());
                            asked.await();
                        }
                        return ExitCode.PASSED;
                    },
                    asked::countDown);
        }
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
