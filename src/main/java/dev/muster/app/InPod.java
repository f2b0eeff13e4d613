package dev.muster.app;

import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.application.Applications;
import dev.muster.cli.Working;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.OrderedWork;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.Surroundings;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.remote.Task;
import dev.muster.orchestrator.remote.WorkerDesk;
import dev.muster.scratch.PodScratches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Puts together what works in the pod of a scratch. */
final class InPod implements Working {
    /** How long the pod's other containers may take; they begin with this one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock;

    InPod(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void work(Path folder, Path secrets) throws IOException {
        new WorkerDesk(
                        secrets,
                        Surroundings.version(),
                        clock,
                        (task, outside, cancellation, progress) ->
                                carryOut(folder, task, outside, cancellation, progress))
                .serve(Files.createDirectories(folder.resolve(".worker")));
    }

    private WorkDone carryOut(Path folder, Task task, Outside outside, Cancellation cancellation, Progress progress) {
        Runbook runbook = task.order().request().runbook();
        try (Vaults vaults = new Vaults(task.vaults(), task.secrets()::behind, clock)) {
            List<Endpoint> reached = runbook.backups().values().stream()
                    .map(BackupSource::vault)
                    .distinct()
                    .map(vaults::endpoint)
                    .toList();
            return new OrderedWork(vaults, Checks.shipped(clock), new Applications(task.programs(), clock), clock)
                    .carryOut(
                            task.order(),
                            () -> new PodScratches(folder, PATIENCE)
                                    .open(
                                            task.order().drill(),
                                            // The node's disk is larger than what was made for this.
                                            runbook.scratch()
                                                    .holding(task.order()
                                                            .recoveryPoint()
                                                            .bytes()),
                                            runbook.scratch()
                                                    .cluster()
                                                    .application()
                                                    .isPresent(),
                                            reached),
                            outside,
                            cancellation,
                            progress);
        }
    }
}
