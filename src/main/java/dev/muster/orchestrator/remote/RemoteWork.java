package dev.muster.orchestrator.remote;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.Remote;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.WorkOrder;
import dev.muster.scratch.Worker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has the work done by a worker, and stays with it until it has ended. */
public final class RemoteWork implements Remote {
    private final Map<String, VaultSettings> vaults;
    private final Map<String, URI> endpoints;
    private final Map<String, Path> programs;
    private final String version;
    private final Clock clock;

    /**
     * @param endpoints where vaults answer from within the cluster, for those that have another address there
     * @param programs where programs lie on this machine, by the name that runbooks have for them
     * @param version of this Muster, which has to be the worker's as well
     */
    public RemoteWork(
            Map<String, VaultSettings> vaults,
            Map<String, URI> endpoints,
            Map<String, Path> programs,
            String version,
            Clock clock) {
        this.vaults = Map.copyOf(vaults);
        this.endpoints = Map.copyOf(endpoints);
        this.programs = Map.copyOf(programs);
        this.version = version;
        this.clock = clock;
    }

    @Override
    public WorkDone work(WorkOrder order, Worker worker, Outside outside, Cancellation cancellation, Progress progress)
            throws InterruptedException {
        Listening listening = new Listening(outside, progress, version, clock);
        Runbook runbook = order.request().runbook();
        Attendance attendance = new Attendance(
                new Told.Work(0, order, places(runbook), Programs.of(runbook, programs)), worker, listening, clock);
        cancellation.onCancel(() -> attendance.cancel(cancellation.reason().orElse("")));
        return attendance.untilItEnds();
    }

    private List<Told.VaultPlace> places(Runbook runbook) {
        return runbook.backups().values().stream()
                .map(BackupSource::vault)
                .distinct()
                .map(this::place)
                .toList();
    }

    private Told.VaultPlace place(String name) {
        VaultSettings vault = Optional.ofNullable(vaults.get(name))
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "There is no vault named " + name,
                        "vaults." + name,
                        "Add it under `vaults:` in the settings.")));
        return new Told.VaultPlace(
                name,
                Optional.ofNullable(endpoints.get(name)).or(vault::endpoint),
                vault.region(),
                vault.bucket(),
                vault.pathStyle());
    }
}
