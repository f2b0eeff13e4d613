package dev.muster.app;

import dev.muster.drill.Secret;
import dev.muster.runbook.Amounts;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import dev.muster.signing.timestamp.TimestampSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The timestamp authority among the settings; its password stays a reference until it is asked. */
final class TimestampValues {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SettingValues values;
    private final References references;

    TimestampValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Optional<TimestampSettings> timestamp(Entry entry) {
        Optional<URI> url = values.place(entry.at("url"));
        Optional<Path> certificate = values.path(entry.at("certificate"));
        if (url.isEmpty() || certificate.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> user = values.text(entry.at("user"));
        if (user.isPresent() && open(url.get())) {
            values.refuse(
                    entry.at("url"),
                    "`timestamp.url` would send the password readable for everybody on the way",
                    "Write https://… , or leave out `timestamp.user`.");
        }
        return Optional.of(new TimestampSettings(
                url.get(),
                certificate.get(),
                user,
                password(entry.at("password")),
                values.text(entry.at("policy")),
                values.text(entry.at("timeout")).flatMap(Amounts::duration).orElse(TIMEOUT)));
    }

    private static boolean open(URI url) {
        return url.getScheme().equals("http")
                && !List.of("127.0.0.1", "[::1]", "localhost").contains(url.getHost());
    }

    private Optional<Supplier<Secret>> password(Entry entry) {
        return entry.text().map(text -> () -> references.resolve(text));
    }
}
