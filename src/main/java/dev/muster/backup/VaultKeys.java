package dev.muster.backup;

import dev.muster.drill.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * What opens a vault.
 *
 * @param sessionToken what short-lived keys need beside
 * @param ends when they end, for keys that were made for one purpose alone
 */
public record VaultKeys(Secret accessKey, Secret secretKey, Optional<Secret> sessionToken, Optional<Instant> ends) {}
