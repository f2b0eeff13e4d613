package dev.muster.cli;

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
                        try (Serving serving = workshop.serve(Optional.ofNullable(port))) {
                            muster.terminal().err().println("Muster is at " + serving.address());
                            asked.await();
                        }
                        return ExitCode.PASSED;
                    },
                    asked::countDown);
        }
    }
}
