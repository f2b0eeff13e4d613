package dev.muster.app;

import dev.muster.drill.Secret;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import dev.muster.signing.KeySource;
import dev.muster.signing.KeyUse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The signing keys among the settings; passwords stay references until a key is opened. */
final class KeyValues {
    private final SettingValues values;
    private final References references;

    KeyValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Map<KeyUse, KeySource> keys(Entry keys) {
        Map<KeyUse, KeySource> sources = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) {
            source(keys.at(use.word())).ifPresent(source -> sources.put(use, source));
        }
        return sources;
    }

    private Optional<KeySource> source(Entry key) {
        return this.<KeySource>some(values.path(key.at("pem")).map(KeySource.Pem::new))
                .or(() -> some(pkcs12(key.at("pkcs12"))))
                .or(() -> some(pkcs11(key.at("pkcs11"))))
                .or(() -> some(program(key.at("program"))));
    }

    private <T extends KeySource> Optional<KeySource> some(Optional<T> source) {
        return source.map(found -> found);
    }

    private Optional<KeySource.Pkcs12> pkcs12(Entry store) {
        return values.path(store.at("file"))
                .map(file -> new KeySource.Pkcs12(file, secret(store.at("password")), values.text(store.at("alias"))));
    }

    private Optional<KeySource.Pkcs11> pkcs11(Entry token) {
        return values.path(token.at("library"))
                .map(library -> new KeySource.Pkcs11(
                        library,
                        token.at("slot").number(),
                        secret(token.at("pin")),
                        values.text(token.at("label")).orElse("")));
    }

    private Optional<KeySource.Program> program(Entry program) {
        return values.path(program.at("publicKey"))
                .map(publicKey -> new KeySource.Program(
                        program.at("command").items().stream()
                                .flatMap(word -> values.text(word).stream())
                                .toList(),
                        publicKey));
    }

    private Supplier<Secret> secret(Entry entry) {
        String written = entry.text().orElse("");
        return () -> references.resolve(written);
    }
}
