package dev.muster.app;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.Secret;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The vaults among the settings; their credentials stay references until somebody opens the vault. */
final class VaultValues {
    private static final String REGION = "us-east-1";

    private final SettingValues values;
    private final References references;

    VaultValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Map<String, VaultSettings> vaults(Entry vaults) {
        Map<String, VaultSettings> all = new LinkedHashMap<>();
        vaults.entries().forEach((name, vault) -> all.put(name, vault(name, vault)));
        return all;
    }

    private VaultSettings vault(String name, Entry vault) {
        Optional<URI> endpoint = values.address(vault.at("endpoint"));
        return new VaultSettings(
                name,
                endpoint,
                values.text(vault.at("region")).orElse(REGION),
                values.text(vault.at("bucket")).orElse(""),
                vault.at("pathStyle").flag().orElse(endpoint.isPresent()),
                secret(vault.at("credentials").at("accessKey")),
                secret(vault.at("credentials").at("secretKey")));
    }

    private Optional<Supplier<Secret>> secret(Entry entry) {
        return entry.text().map(text -> () -> references.resolve(text));
    }
}
