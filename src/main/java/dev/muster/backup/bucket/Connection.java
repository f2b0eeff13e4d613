package dev.muster.backup.bucket;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Builds the client that speaks to one vault. */
final class Connection {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What every role grants. */
    private static final Duration USUAL = Duration.ofHours(1);

    private Connection() {}

    /**
     * @param guard stops each request that has no business there
     * @param purpose what keys may do that are made for this client, where the settings have such made
     */
    static S3Client open(
            VaultSettings settings,
            Clock clock,
            Patience patience,
            ExecutionInterceptor guard,
            Function<SessionPolicy, String> purpose) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings, clock, patience, purpose))
                .httpClient(http(settings.endpoint(), patience))
                .overrideConfiguration(configuration -> tries(configuration.addExecutionInterceptor(guard), patience));
        settings.endpoint()
                .ifPresent(endpoint -> client.endpointOverride(endpoint)
                        // Servers other than AWS stumble over the checksums that the SDK adds of its own accord.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
        return client.build();
    }

    static void tries(ClientOverrideConfiguration.Builder configuration, Patience patience) {
        configuration
                .retryStrategy(RetryMode.STANDARD)
                .retryStrategy(strategy -> strategy.maxAttempts(patience.tries()));
    }

    static SdkHttpClient http(Optional<URI> endpoint, Patience patience) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder()
                .connectionTimeout(patience.connect())
                .socketTimeout(patience.silence());
        if (endpoint.map(URI::getHost).filter(LOOPBACK::contains).isPresent()) {
            // A proxy that the environment names cannot reach a server on this machine.
            http.proxyConfiguration(ProxyConfiguration.builder()
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariablesValues(false)
                    .build());
        }
        return http.build();
    }

    /** The keys that are in use now; short-lived ones where the machine has such. */
    static VaultKeys keys(VaultSettings settings) {
        AwsCredentials now = standing(settings).resolveCredentials();
        return new VaultKeys(
                new Secret(now.accessKeyId()),
                new Secret(now.secretAccessKey()),
                now instanceof AwsSessionCredentials session
                        ? Optional.of(new Secret(session.sessionToken()))
                        : Optional.empty(),
                Optional.empty());
    }

    private static AwsCredentialsProvider credentials(
            VaultSettings settings, Clock clock, Patience patience, Function<SessionPolicy, String> purpose) {
        return settings.session()
                .<AwsCredentialsProvider>map(session -> new SessionKeys(
                        () -> new TokenService(settings, session, patience)
                                .keys("muster", purpose.apply(new SessionPolicy(settings, session)), USUAL),
                        clock))
                .orElseGet(() -> standing(settings));
    }

    /** The keys that the settings name, which last until somebody changes them. */
    static AwsCredentialsProvider standing(VaultSettings settings) {
        Optional<Supplier<Secret>> accessKey = settings.accessKey();
        Optional<Supplier<Secret>> secretKey = settings.secretKey();
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return () -> settings.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        accessKey.get().get().reveal(),
                        secretKey.get().get().reveal(),
                        settings.sessionToken().get().get().reveal())
                : AwsBasicCredentials.create(
                        accessKey.get().get().reveal(), secretKey.get().get().reveal());
    }
}
