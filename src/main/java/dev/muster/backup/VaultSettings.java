package dev.muster.backup;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a vault is and how to reach it, as the settings say.
 *
 * @param endpoint the server; absent means AWS itself
 * @param pathStyle whether the bucket stands in the path of an address instead of in its host name
 * @param accessKey asked for anew at each use; absent with {@code secretKey} means the SDK's own chain of credentials
 * @param sessionToken what short-lived keys need beside
 * @param session the role by which the vault is opened; absent means that the keys themselves open it
 */
public record VaultSettings(
        String name,
        Optional<URI> endpoint,
        String region,
        String bucket,
        boolean pathStyle,
        Optional<Supplier<Secret>> accessKey,
        Optional<Supplier<Secret>> secretKey,
        Optional<Supplier<Secret>> sessionToken,
        Optional<SessionSettings> session) {
    private static final int HTTPS = 443;

    /** A vault whose keys, if it has any, are no short-lived ones. */
    public VaultSettings(
            String name,
            Optional<URI> endpoint,
            String region,
            String bucket,
            boolean pathStyle,
            Optional<Supplier<Secret>> accessKey,
            Optional<Supplier<Secret>> secretKey) {
        this(name, endpoint, region, bucket, pathStyle, accessKey, secretKey, Optional.empty(), Optional.empty());
    }

    /** The same vault, opened by a role that its keys may take on. */
    public VaultSettings by(SessionSettings role) {
        return new VaultSettings(
                name, endpoint, region, bucket, pathStyle, accessKey, secretKey, sessionToken, Optional.of(role));
    }

    /** Where the vault answers. */
    Endpoint place() {
        return endpoint.flatMap(address -> Endpoint.of(address.toString()))
                .orElseGet(() -> new Endpoint("s3." + region + ".amazonaws.com", HTTPS));
    }
}
