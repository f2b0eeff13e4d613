package dev.muster.backup;

import dev.muster.drill.Secret;
import java.util.Optional;

/**
 * What opens a vault.
 *
 * @param sessionToken what short-lived keys need beside
 */
public record VaultKeys(Secret accessKey, Secret secretKey, Optional<Secret> sessionToken) {}
