package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Step;
import dev.muster.drill.VaultState;
import dev.muster.restore.server.ByOperator;
import dev.muster.scratch.CompanionWish;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.ServerWish;
import dev.muster.scratch.postgres.ServerChoice;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says what a drill would do, without doing it. */
public final class Planner {
    /** Stands for what a drill is called, which nobody knows beforehand. */
    private static final String A_DRILL = "-yyyymmdd-hhmmss-xxxx";

    private final Vaults vaults;
    private final Scratches scratches;
    private final Openings openings;
    private final Path home;

    public Planner(Vaults vaults, Scratches scratches, Openings openings, Path home) {
        this.vaults = vaults;
        this.scratches = scratches;
        this.openings = openings;
        this.home = home;
    }

    /**
     * What a drill would use and take.
     *
     * @param seed what a backup is drawn by where the runbook wants one at random: the name of a past drill draws what
     *     that one had to draw; absent means any
     */
    public Plan plan(DrillRequest request, Optional<String> seed) throws BadBackup, InterruptedException {
        RecoveryPoint point = vaults.choose(request, seed.orElse(anySeed(request)));
        long bytes = point.bytes();
        return switch (request.runbook().scratch().on()) {
            case LOCAL -> here(request, point, bytes);
            case KUBERNETES -> inACluster(request, point, bytes);
        };
    }

    private Plan here(DrillRequest request, RecoveryPoint point, long bytes) {
        ScratchPlan scratch = request.runbook().scratch();
        ServerChoice server = scratches.server(scratch.postgres());
        List<Problem> obstacles = new ArrayList<>(server.problem().stream().toList());
        tooSmall(
                        Math.min(scratch.disk().orElse(Long.MAX_VALUE), free()),
                        bytes,
                        home.toString(),
                        "Make room, raise scratch.disk in the runbook, or name a larger disk with scratch.folder in the"
                                + " settings.")
                .ifPresent(obstacles::add);
        return plan(request, point, bytes, server.description(), List.of(), obstacles);
    }

    /** What the cluster itself would say to it is not asked: a plan touches nothing. */
    private Plan inACluster(DrillRequest request, RecoveryPoint point, long bytes) throws InterruptedException {
        Runbook runbook = request.runbook();
        ScratchPlan scratch = runbook.scratch();
        List<Problem> obstacles = new ArrayList<>();
        tooSmall(
                        scratch.volume(bytes),
                        bytes,
                        "scratch.disk in " + runbook.file(),
                        "Raise scratch.disk, or leave it out: then the volume is as large as is prudent.")
                .ifPresent(obstacles::add);
        List<String> manifests = List.of();
        try {
            String drill = runbook.name() + A_DRILL;
            Map<String, VaultKeys> keys = openings.keysToCome(drill, runbook);
            manifests = scratches.preview(
                    openings.of(drill, runbook, keys, bytes, Progress.SILENT), beside(request, point, keys));
        } catch (CouldNotRun refused) {
            obstacles.add(refused.problem());
        }
        String image = scratch.cluster().image().orElse("the image that the settings name");
        return plan(request, point, bytes, "PostgreSQL " + scratch.postgres() + " in " + image, manifests, obstacles);
    }

    private CompanionWish beside(DrillRequest request, RecoveryPoint point, Map<String, VaultKeys> keys) {
        Runbook runbook = request.runbook();
        Optional<OperatorPlan> operator = runbook.operator(Asset.DATABASE);
        Optional<Backup> database = Optional.ofNullable(point.backups().get(Asset.DATABASE));
        Optional<ServerWish> server = Optional.empty();
        if (operator.isPresent() && database.isPresent()) {
            Backup backup = database.get();
            String vault = backup.source().vault();
            server = Optional.of(new WishedServer(
                            operator.get(),
                            runbook.scratch().postgres(),
                            backup,
                            vaults.settings(vault),
                            Objects.requireNonNull(keys.get(vault)))
                    .upTo(ByOperator.target(backup, request.disaster())));
        }
        return new CompanionWish(
                server,
                runbook.steps().stream()
                        .filter(Step.Start.class::isInstance)
                        .flatMap(step -> ((Step.Start) step).application().ensemble().stream())
                        .toList());
    }

    private static Optional<Problem> tooSmall(long room, long bytes, String where, String remedy) {
        long prudent = ScratchPlan.prudent(bytes);
        return room < prudent
                ? Optional.of(new Problem(
                        "The scratch has room for " + room + " bytes, and " + prudent
                                + " would be prudent (six times the backups, for them and what is restored)",
                        where,
                        remedy))
                : Optional.empty();
    }

    private static Plan plan(
            DrillRequest request,
            RecoveryPoint point,
            long bytes,
            String server,
            List<String> manifests,
            List<Problem> obstacles) {
        return new Plan(
                request,
                point,
                bytes,
                server,
                request.runbook().steps().stream().map(Step::label).toList(),
                manifests,
                obstacles);
    }

    /** What lies in the vaults, what each backup is worth, and whether all lies there as was promised. */
    public List<VaultState> vaults(DrillRequest request) throws InterruptedException {
        return vaults.states(request, anySeed(request));
    }

    /** A drill draws by its own name, which nobody knows beforehand. */
    private static String anySeed(DrillRequest request) {
        return "plan-" + request.disaster();
    }

    private long free() {
        try {
            Path existing = home;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            FileStore disk = Files.getFileStore(existing);
            return disk.getUsableSpace();
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The disk that holds Muster's home cannot be asked for its free space",
                            home.toString(),
                            "Check that the folder can be read, or name another with --home."),
                    unreadable);
        }
    }
}
