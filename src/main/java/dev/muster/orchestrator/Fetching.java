package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Stage;
import dev.muster.restore.Restorer;
import dev.muster.scratch.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Brings the chosen backups into the scratch, several at once, digested on the way. */
final class Fetching {
    private final Vaults vaults;
    private final Clock clock;

    Fetching(Vaults vaults, Clock clock) {
        this.vaults = vaults;
        this.clock = clock;
    }

    void fetch(Notes notes, Scratch scratch, Stages stages, Progress progress) throws Exception {
        RecoveryPoint point = notes.recoveryPoint().orElseThrow();
        Path folder = scratch.folder("objects");
        List<Callable<Void>> works = new ArrayList<>();
        for (Map.Entry<Asset, Backup> entry : point.backups().entrySet()) {
            if (entry.getValue().source().within().isPresent()
                    || notes.request.runbook().operator(entry.getKey()).isPresent()) {
                continue;
            }
            Backup backup = entry.getValue();
            String label = entry.getKey().label();
            Path own = Files.createDirectories(folder.resolve(label));
            works.add(notes.timed(clock, Stage.FETCH, "fetch: " + label, () -> {
                try {
                    List<ObjectRead> read = vaults.fetchAll(backup, own, progress);
                    scratch.handOver(own);
                    unseal(notes, backup, own, scratch, progress);
                    notes.fetched(entry.getKey(), own, read);
                    unprotected(backup, read).forEach(notes::found);
                } catch (BadBackup bad) {
                    new WalkBack(notes).from(entry.getKey(), bad);
                }
                return null;
            }));
        }
        stages.run(Stage.FETCH, () -> {
            stages.together(works);
            return null;
        });
    }

    /** Digests are of the bytes as they lie in the vault, so that they are compared before this. */
    private void unseal(Notes notes, Backup backup, Path folder, Scratch scratch, Progress progress)
            throws BadBackup, InterruptedException {
        new Restorer(clock, vaults)
                .unseal(
                        backup,
                        folder,
                        scratch,
                        notes.request.runbook().scratch().postgres(),
                        progress)
                .ifPresent(program -> notes.environment(Map.of(
                        backup.asset().label() + " decrypted with",
                        program + " and " + backup.source().key().orElse("")
                                + "; digests were compared before, over the encrypted bytes")));
    }

    /** A copy of a server has a manifest that vouches for all of its files, and is checked when it is restored. */
    private static List<Finding> unprotected(Backup backup, List<ObjectRead> read) {
        if (backup.object().isPrefix()) {
            List<ObjectRead> bare =
                    read.stream().filter(ObjectRead::unprotected).toList();
            return bare.isEmpty() ? List.of() : List.of(Unprotected.finding(backup, bare, read.size()));
        }
        return read.stream()
                .filter(one -> one.unprotected() && one.before().equals(backup.object()))
                .map(Unprotected::finding)
                .toList();
    }
}
