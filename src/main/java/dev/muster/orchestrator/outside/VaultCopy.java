package dev.muster.orchestrator.outside;

import dev.muster.backup.Loose;
import dev.muster.backup.Vaults;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Checkpoints;
import dev.muster.ledger.Destination;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts checkpoints into a vault, below a prefix that holds nothing else.
 *
 * @param lock how long the vault must refuse to change or remove them
 * @param read where the runbooks of this installation read backups from, and so nothing is ever written
 */
public record VaultCopy(
        Vaults vaults, String vault, String prefix, Optional<Period> lock, Supplier<List<BackupSource>> read)
        implements Destination {
    private static final int LARGEST = 64 * 1024;

    @Override
    public String name() {
        return "the vault " + vault + ", " + prefix;
    }

    @Override
    public void put(Checkpoint checkpoint) throws InterruptedException {
        refuseWhereBackupsAre();
        byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        String object = Checkpoints.name(checkpoint);
        Optional<Instant> until = lock.map(
                length -> checkpoint.at().atZone(ZoneOffset.UTC).plus(length).toInstant());
        try {
            vaults.add(vault, prefix, object, text, until);
        } catch (CouldNotRun refused) {
            if (!liesThere(prefix + object, text)) {
                throw refused;
            }
        }
        if (until.isPresent()) {
            demandLock(prefix + object, until.get());
        }
    }

    /** A server that knows no locks may take the object and ignore the wish. */
    private void demandLock(String key, Instant until) throws InterruptedException {
        Optional<Instant> locked = vaults.lockedUntil(vault, key);
        if (locked.isEmpty() || locked.get().isBefore(until)) {
            throw new CouldNotRun(new Problem(
                    "The checkpoint lies there, but is "
                            + locked.map(end -> "locked until " + end + " only").orElse("not locked"),
                    name(),
                    "Switch object lock on for the bucket, which most servers allow only when it is made, or take `lock`"
                            + " out of `ledger.checkpoints` in the settings."));
        }
    }

    /** Put once already, and the power went before that was noted. */
    private boolean liesThere(String key, byte[] text) throws InterruptedException {
        try {
            Loose there = vaults.read(vault, key, LARGEST);
            return Arrays.equals(there.bytes(), text);
        } catch (CouldNotRun absent) {
            return false;
        }
    }

    private void refuseWhereBackupsAre() {
        List<BackupSource> sources = new ArrayList<>(read.get());
        sources.addAll(vaults.read());
        for (BackupSource source : sources) {
            boolean overlaps =
                    prefix.startsWith(source.prefix()) || source.prefix().startsWith(prefix);
            if (overlaps && vaults.sameBucket(vault, source.vault())) {
                throw new CouldNotRun(new Problem(
                        "A runbook reads backups of the " + source.asset().label() + " from " + source.prefix()
                                + " there, and where backups are nothing is written",
                        name(),
                        "Name another prefix or another vault under `ledger.checkpoints` in the settings."));
            }
        }
    }
}
