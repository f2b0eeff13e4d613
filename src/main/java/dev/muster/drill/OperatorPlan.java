package dev.muster.drill;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a runbook asks of an operator of the cluster that restores a database server.
 *
 * @param operator its name
 * @param database the database that is looked at afterwards; never left to the operator, which would make an empty one
 * @param owner the role that owns it
 * @param image the server's image; absent means the operator's own for the major version
 * @param storage how many bytes its volume has; absent means enough for the backup
 * @param storageClass absent means the cluster's own default
 * @param server the name that the backups' server has in the vault; absent means the last folder of their prefix
 */
public record OperatorPlan(
        String operator,
        String database,
        String owner,
        Optional<String> image,
        OptionalLong storage,
        Optional<String> storageClass,
        Optional<String> server) {
    /** CloudNativePG, which is the one there is. */
    public static final String CLOUD_NATIVE_PG = "cloudnative-pg";
}
