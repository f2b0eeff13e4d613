package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Step;
import dev.muster.drill.VaultState;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.postgres.ServerChoice;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a drill would do, without doing it. */
public final class Planner {
    /** Restored data and its indexes take several times the room of a compressed backup. */
    private static final int GROWTH = 6;

    private final Vaults vaults;
    private final Scratches scratches;
    private final Path home;

    public Planner(Vaults vaults, Scratches scratches, Path home) {
        this.vaults = vaults;
        this.scratches = scratches;
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
        long bytes = point.backups().entrySet().stream()
                .filter(entry -> entry.getValue().source().within().isEmpty())
                .map(Map.Entry::getValue)
                .mapToLong(Backup::bytes)
                .sum();
        ServerChoice server = scratches.server(request.runbook().scratch().postgres());
        List<Problem> obstacles = new ArrayList<>(server.problem().stream().toList());
        long room = Math.min(request.runbook().scratch().disk().orElse(Long.MAX_VALUE), free());
        if (room < bytes * GROWTH) {
            obstacles.add(new Problem(
                    "The scratch has room for " + room + " bytes, and " + bytes * GROWTH
                            + " would be prudent (the backups, and " + GROWTH + " times that once restored)",
                    home.toString(),
                    "Make room, raise scratch.disk in the runbook, or name a larger disk with scratch.folder in the"
                            + " settings."));
        }
        return new Plan(
                request,
                point,
                bytes,
                server.description(),
                request.runbook().steps().stream().map(Step::label).toList(),
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
