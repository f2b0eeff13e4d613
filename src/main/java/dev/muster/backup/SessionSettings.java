package dev.muster.backup;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The role by which a vault is opened with keys that last for a while, as the settings say.
 *
 * @param endpoint the security token service; absent means AWS's own of the vault's region
 * @param lasts how long keys last; absent means as long as they are needed, within what such a service grants
 * @param externalId what the role may demand to hear
 */
public record SessionSettings(
        String role, Optional<URI> endpoint, Optional<Duration> lasts, Optional<String> externalId) {
    public static final Duration SHORTEST = Duration.ofMinutes(15);
    public static final Duration LONGEST = Duration.ofHours(12);

    /** How long keys are asked for. */
    public Duration lasts(Duration needed) {
        return lasts.orElse(
                needed.compareTo(SHORTEST) < 0 ? SHORTEST : needed.compareTo(LONGEST) > 0 ? LONGEST : needed);
    }
}
