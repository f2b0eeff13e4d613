package dev.muster.orchestrator.remote;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.Vaults;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.orchestrator.ScratchSecrets;
import dev.muster.scratch.Beside;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a worker needs of secrets: the keys of the vaults that hold its backups, and what opens the backups themselves. */
public final class RemoteSecrets implements ScratchSecrets {
    private static final int PASSWORD_BYTES = 24;

    private final Vaults vaults;

    public RemoteSecrets(Vaults vaults) {
        this.vaults = vaults;
    }

    @Override
    public Map<String, Secret> of(Runbook runbook, Map<String, VaultKeys> keys) {
        Map<String, Secret> secrets = new TreeMap<>();
        secrets.put(Beside.PASSWORD, random());
        keys.forEach((vault, opening) -> {
            SecretNames names = new SecretNames(vault);
            secrets.put(names.accessKey(), opening.accessKey());
            secrets.put(names.secretKey(), opening.secretKey());
            opening.sessionToken().ifPresent(token -> secrets.put(names.sessionToken(), token));
        });
        for (BackupSource source : runbook.backups().values()) {
            source.key()
                    .ifPresent(reference -> secrets.put(
                            SecretNames.of(reference), vaults.key(source).orElseThrow()));
        }
        return secrets;
    }

    private static Secret random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
