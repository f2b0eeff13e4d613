package dev.muster.scratch;

import dev.muster.drill.OperatorPlan;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A wish for a database server that an operator of the cluster recovers.
 *
 * @param postgres the server's major version
 * @param bytes how large the backup is
 * @param backup the name that the backup has among those of its server
 * @param target an instant, position, transaction, name, or the end of the log
 */
public record ServerWish(
        OperatorPlan plan, int postgres, long bytes, Store store, String backup, RecoveryTarget target) {

    /**
     * Where the backups lie.
     *
     * @param vault as the settings call it
     * @param endpoint absent means AWS itself
     * @param prefix below which the backups of the server lie, ending with its name
     */
    public record Store(
            String vault,
            Optional<URI> endpoint,
            String region,
            String bucket,
            String prefix,
            Secret accessKey,
            Secret secretKey,
            Optional<Secret> sessionToken) {}
}
