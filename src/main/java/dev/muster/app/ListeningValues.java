package dev.muster.app;

import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import dev.muster.web.Listening;
import dev.muster.web.tls.CertificateFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the service listens, among the settings; a password stays a reference until it is needed. */
final class ListeningValues {
    private final SettingValues values;
    private final References references;

    ListeningValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Listening listening(Entry serve) {
        return new Listening(
                values.text(serve.at("address")).orElse(Listening.USUAL.address()),
                (int) serve.at("port").number().orElse(Listening.USUAL.port()),
                certificate(serve.at("tls")),
                serve.at("behindProxy").flag().orElse(false),
                serve.at("proxies").items().stream()
                        .flatMap(proxy -> values.text(proxy).stream())
                        .toList());
    }

    private Optional<CertificateFiles> certificate(Entry tls) {
        Optional<Path> store = values.path(tls.at("pkcs12"));
        if (store.isPresent()) {
            return Optional.of(new CertificateFiles.Pkcs12(
                    store.get(), tls.at("password").text().map(text -> () -> references.resolve(text))));
        }
        return values.path(tls.at("certificate"))
                .flatMap(certificate ->
                        values.path(tls.at("key")).map(key -> new CertificateFiles.Pem(certificate, key)));
    }
}
