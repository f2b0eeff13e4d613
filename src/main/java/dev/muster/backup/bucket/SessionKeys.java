package dev.muster.backup.bucket;

import dev.muster.backup.VaultKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Keys that last for a while, asked for anew before they end. */
final class SessionKeys implements AwsCredentialsProvider {
    /** A request that is signed now may be on its way for a while. */
    private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);

    private final Supplier<VaultKeys> source;
    private final Clock clock;
    private @Nullable VaultKeys now;

    SessionKeys(Supplier<VaultKeys> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        VaultKeys keys = current();
        return keys.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(
                        keys.accessKey().reveal(), keys.secretKey().reveal(), token.reveal()))
                .orElseGet(() -> AwsBasicCredentials.create(
                        keys.accessKey().reveal(), keys.secretKey().reveal()));
    }

    private synchronized VaultKeys current() {
        if (now == null
                || now.ends().orElse(Instant.MAX).isBefore(clock.instant().plus(BEFORE_THE_END))) {
            now = source.get();
        }
        return now;
    }
}
