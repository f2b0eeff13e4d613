package dev.muster.backup.bucket;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultKeys;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.Secret;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The security token service that makes keys for a vault which last for a while and open no more than they are for. */
final class TokenService {
    private static final int LONGEST_NAME = 64;

    private final VaultSettings settings;
    private final SessionSettings session;
    private final Patience patience;

    TokenService(VaultSettings settings, SessionSettings session, Patience patience) {
        this.settings = settings;
        this.session = session;
        this.patience = patience;
    }

    /**
     * Takes on the role.
     *
     * @param name by which the service's own log knows who did
     * @param policy what the keys may do, within what the role may
     */
    VaultKeys keys(String name, String policy, Duration needed) {
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(session.role())
                .roleSessionName(fitting(name))
                .policy(policy)
                .durationSeconds(Math.toIntExact(session.lasts(needed).toSeconds()))
                .externalId(session.externalId().orElse(null))
                .build();
        TokenFaults faults = new TokenFaults(settings, session);
        try (StsClient client = client()) {
            Credentials made = client.assumeRole(request).credentials();
            if (made == null || made.sessionToken() == null || made.expiration() == null) {
                throw faults.noService("its answer holds no keys");
            }
            return new VaultKeys(
                    new Secret(made.accessKeyId()),
                    new Secret(made.secretAccessKey()),
                    Optional.of(new Secret(made.sessionToken())),
                    Optional.of(made.expiration()));
        } catch (SdkException refused) {
            throw faults.explain(refused);
        }
    }

    private StsClient client() {
        StsClientBuilder client = StsClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(Connection.standing(settings))
                .httpClient(Connection.http(session.endpoint(), patience))
                .overrideConfiguration(configuration -> Connection.tries(configuration, patience));
        session.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    /** The end of a drill's name tells it from all others. */
    private static String fitting(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        return plain.substring(Math.max(0, plain.length() - LONGEST_NAME));
    }
}
