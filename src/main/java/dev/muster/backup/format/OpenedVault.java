package dev.muster.backup.format;

import dev.muster.backup.bucket.Vault;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import java.util.function.Function;

/** A vault, and the secrets that open what lies in it. */
public record OpenedVault(Vault vault, Function<String, Secret> secrets) implements Opened {

    @Override
    public Probe probe(StoredObject listed) {
        return new VaultProbe(vault, listed);
    }

    @Override
    public Secret secret(String reference) {
        return secrets.apply(reference);
    }
}
