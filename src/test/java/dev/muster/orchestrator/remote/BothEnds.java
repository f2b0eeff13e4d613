package dev.muster.orchestrator.remote;

import dev.muster.backup.VaultSettings;
import dev.muster.check.Checks;
import dev.muster.check.comparison.Background;
import dev.muster.check.erasure.ErasureList;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Outside;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.WorkOrder;
import dev.muster.runbook.RunbookReader;
import dev.muster.scratch.Served;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Both ends of the conversation about one drill, the worker's and that of whoever has the work done. */
final class BothEnds implements AutoCloseable {
    private static final String VERSION = "1.0";

    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger cutOffs = new AtomicInteger();
    final Cancellation cancellation = new Cancellation();
    final Line line;
    private final Path folder;
    private final Clock clock;
    private Optional<Thread> desk = Optional.empty();

    BothEnds(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.line = new Line(folder.resolve("socket"));
    }

    /** Has the worker's end served by a desk that does this. */
    void serve(WorkerDesk.Doing doing) throws IOException {
        serve(VERSION, doing);
    }

    void serve(String version, WorkerDesk.Doing doing) throws IOException {
        Files.writeString(folder.resolve("vault.primary.access-key"), "key");
        WorkerDesk served = new WorkerDesk(folder, version, clock, doing);
        Thread thread = new Thread(() -> {
            try {
                served.serve(folder);
            } catch (IOException closed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        desk = Optional.of(thread);
    }

    /** Has the work done, from the other end, in a drill whose time to live is five minutes. */
    WorkDone work() throws Exception {
        Path program = Files.writeString(folder.resolve("program of the settings"), "the program ");
        VaultSettings vault = new VaultSettings(
                "primary", Optional.empty(), "eu-central-1", "acme", true, Optional.empty(), Optional.empty());
        RemoteWork remote = new RemoteWork(
                Map.of("primary", vault),
                Map.of("primary", URI.create("http://vault.inside:9000")),
                Map.of("odoo", program),
                VERSION,
                clock);
        DrillRequest request = new DrillRequest(
                new RunbookReader(Set.of("primary"), Checks.shipped(clock).groups())
                        .read(Path.of("runbooks/odoo-monthly.yaml"), Map.of())
                        .runbook()
                        .orElseThrow(),
                clock.instant(),
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
        WorkOrder order = new WorkOrder(
                "drill-1",
                request,
                clock.instant(),
                clock.instant().plus(Duration.ofMinutes(5)),
                new RecoveryPoint(clock.instant(), Map.of(), List.of()),
                List.of());
        return remote.work(order, line, new Answering(), cancellation, new Heard());
    }

    static WorkDone done(Map<String, String> environment, WorkDone.Ended ended) {
        return new WorkDone(
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                environment,
                Optional.empty(),
                "",
                ended);
    }

    @Override
    public void close() {
        desk.ifPresent(Thread::interrupt);
    }

    private final class Answering implements Outside {
        @Override
        public void cutOff() {
            cutOffs.incrementAndGet();
        }

        @Override
        public Secret password() {
            return new Secret("known to both");
        }

        @Override
        public Served start(String application, Map<String, String> blanks, OptionalInt port) {
            return Served.not(new Problem("Nothing runs beside", application, "Start it by hand."), List.of());
        }

        @Override
        public Served recover(RecoveryTarget target) {
            return Served.not(new Problem("Nothing recovers beside", "here", "Restore it by hand."), List.of());
        }

        @Override
        public List<CheckResult> askVaults() {
            return List.of();
        }

        @Override
        public Background.Known baseline(Instant point) {
            throw new CouldNotRun(new Problem("There is no baseline", "here", "Make one."));
        }

        @Override
        public Optional<Census> lastCensus(Instant point) {
            return Optional.empty();
        }

        @Override
        public Erased erased(Erasure.Listing listing) {
            return new Erased(new ErasureList("here", "digest", List.of()), Map.of());
        }
    }

    private final class Heard implements Progress {
        @Override
        public void begins(Stage stage) {
            heard.add(stage.name());
        }

        @Override
        public void advances(String work, long done, long total, Unit unit) {
            heard.add(work + " " + done + " of " + total);
        }

        @Override
        public void says(String said) {
            heard.add(said);
        }
    }
}
