package dev.muster.orchestrator;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.Backup;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.RecoveryTarget;
import dev.muster.scratch.ServerWish;

/**
 * The server that a drill has an operator restore.
 *
 * @param postgres its major version
 * @param backup that it is restored from
 * @param keys what the operator opens the vault with
 */
record WishedServer(OperatorPlan plan, int postgres, Backup backup, VaultSettings vault, VaultKeys keys) {

    /** @param target how far its log is replayed */
    ServerWish upTo(RecoveryTarget target) {
        return new ServerWish(
                plan,
                postgres,
                backup.bytes(),
                new ServerWish.Store(
                        vault.name(),
                        vault.endpoint(),
                        vault.region(),
                        vault.bucket(),
                        backup.source().prefix(),
                        keys.accessKey(),
                        keys.secretKey(),
                        keys.sessionToken()),
                name(),
                target);
    }

    /** Barman keeps each backup in a folder of its name. */
    private String name() {
        String folder = backup.object().folder().replaceFirst("/$", "");
        return folder.substring(folder.lastIndexOf('/') + 1);
    }
}
