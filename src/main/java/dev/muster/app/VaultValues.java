package dev.muster.app;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.Secret;
import dev.muster.runbook.Amounts;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
        VaultSettings settings = new VaultSettings(
                name,
                endpoint,
                values.text(vault.at("region")).orElse(REGION),
                values.text(vault.at("bucket")).orElse(""),
                vault.at("pathStyle").flag().orElse(endpoint.isPresent()),
                secret(vault.at("credentials").at("accessKey")),
                secret(vault.at("credentials").at("secretKey")));
        return session(vault.at("session"), endpoint).map(settings::by).orElse(settings);
    }

    private Optional<SessionSettings> session(Entry session, Optional<URI> vault) {
        Optional<String> role = values.text(session.at("role"));
        if (role.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> endpoint = values.address(session.at("endpoint"));
        if (vault.isPresent() && session.at("endpoint").text().isEmpty()) {
            values.refuse(
                    session,
                    "`" + session.path() + "` lacks the key `endpoint`, and the vault is not AWS's own",
                    "Write the address of the security token service that belongs to the vault's server; many have both"
                            + " at one address.");
        }
        return Optional.of(new SessionSettings(
                role.get(), endpoint, lasts(session.at("lasts")), values.text(session.at("externalId"))));
    }

    private Optional<Duration> lasts(Entry entry) {
        Optional<Duration> lasts = values.text(entry).flatMap(Amounts::duration);
        if (lasts.filter(one ->
                        one.compareTo(SessionSettings.SHORTEST) < 0 || one.compareTo(SessionSettings.LONGEST) > 0)
                .isPresent()) {
            values.refuse(
                    entry,
                    "`" + entry.path() + "` is not between 15m and 12h",
                    "Write how long the keys of a drill are to last; security token services give none for shorter or"
                            + " longer.");
        }
        return lasts;
    }

    private Optional<Supplier<Secret>> secret(Entry entry) {
        return entry.text().map(text -> () -> references.resolve(text));
    }
}
