package dev.muster.backup.bucket;

import dev.muster.drill.Backup;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/** Brings one object into a file: in stretches, a few ahead, written and digested in order, so that memory stays flat. */
public final class Fetch {
    private static final int AHEAD = 4;

    private final Vault vault;
    private final Workers workers;
    private final Backup backup;
    private final StoredObject object;
    private final Progress progress;

    public Fetch(Vault vault, Workers workers, Backup backup, Progress progress) {
        this.vault = vault;
        this.workers = workers;
        this.backup = backup;
        this.object = backup.object();
        this.progress = progress;
    }

    /** The object itself comes first, then what was read beside it to know what its bytes must be. */
    public List<ObjectRead> into(Path file) throws BadBackup, InterruptedException {
        Companions.Found companions = workers.run(() -> new Companions(vault, backup.asset(), object).find());
        return into(file, companions);
    }

    /** The same where it is known already what the bytes must be. */
    List<ObjectRead> into(Path file, Companions.Found companions) throws BadBackup, InterruptedException {
        Room.demand(file, object.name(), object.size());
        Protection protection = transfer(file, companions);
        if (!protection.different().isEmpty() && !protection.confirmedByVault()) {
            progress.says("The bytes of " + object.address() + " differ from their digest; reading them again");
            protection = transfer(file, companions);
        }
        if (!protection.different().isEmpty()) {
            throw new BadBackup(new OtherBytes(backup, object, where()).problem(protection));
        }
        List<ObjectRead> all = new ArrayList<>();
        all.add(new ObjectRead(
                backup.asset(),
                object,
                protection.sha256(),
                protection.bytes(),
                protection.sentences(),
                Optional.empty()));
        all.addAll(companions.read());
        return all;
    }

    private Protection transfer(Path file, Companions.Found companions) throws InterruptedException {
        Digests digests = new Digests(object.etag(), object.size(), companions);
        ArrayDeque<Future<Part>> coming = new ArrayDeque<>();
        long asked = 0;
        long written = 0;
        try (OutputStream output = Files.newOutputStream(file)) {
            while (written < object.size()) {
                while (asked < object.size() && coming.size() < AHEAD) {
                    int length = (int) Math.min(Etag.PART, object.size() - asked);
                    long from = asked;
                    coming.add(workers.start(() -> new Part(vault, object, from, new byte[length]).read()));
                    asked += length;
                }
                Part part = workers.await(coming.remove());
                digests.update(part);
                output.write(part.bytes());
                written += part.bytes().length;
                progress.advances("fetching " + backup.asset().label(), written, object.size(), Progress.Unit.BYTES);
            }
        } catch (Unreadable e) {
            throw new CouldNotRun(changed(where(), e.how()), e);
        } catch (IOException e) {
            Room.demand(file, object.name(), object.size() - written);
            throw new CouldNotRun(
                    new Problem(
                            "The object cannot be written to disk: " + e.getMessage(),
                            file.toString(),
                            "See to the disk that holds this file, then run the same command again."),
                    e);
        } finally {
            coming.forEach(one -> one.cancel(true));
        }
        return digests.result();
    }

    private String where() {
        return vault.place(object.key());
    }

    /** The problem of an object that is not what it was when the drill was planned. */
    public static Problem changed(String where, String how) {
        return new Problem(
                "The object " + how,
                where,
                "The backup says nothing wrong, it only is not the one that was chosen: run the same command again.");
    }
}
