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
    public Map<String, Secret> of(Runbook runbook) throws InterruptedException {
        Map<String, Secret> secrets = new TreeMap<>();
        secrets.put(Beside.PASSWORD, random());
        for (BackupSource source : runbook.backups().values()) {
            SecretNames names = new SecretNames(source.vault());
            VaultKeys keys = vaults.keys(source.vault());
            secrets.put(names.accessKey(), keys.accessKey());
            secrets.put(names.secretKey(), keys.secretKey());
            keys.sessionToken().ifPresent(token -> secrets.put(names.sessionToken(), token));
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
