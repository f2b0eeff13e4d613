package dev.muster.app;

import dev.muster.drill.Secret;
import dev.muster.people.Role;
import dev.muster.people.SessionRules;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How people come into the service, as the settings say; a client's secret stays a reference until it is needed. */
final class SignOnValues {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,3})([mh])");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[::1]");

    private final SettingValues values;
    private final References references;

    SignOnValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    SessionRules session(Entry session) {
        return new SessionRules(
                length(session.at("idle")).orElse(SessionRules.USUAL.idle()),
                length(session.at("longest")).orElse(SessionRules.USUAL.longest()));
    }

    private Optional<Duration> length(Entry entry) {
        return values.text(entry).flatMap(text -> {
            Matcher length = LENGTH.matcher(text);
            if (!length.matches()) {
                return Optional.<Duration>empty();
            }
            long number = Long.parseLong(length.group(1));
            return Optional.of(length.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofHours(number));
        });
    }

    Optional<SignOnSettings> signOn(Entry signOn) {
        Optional<URI> issuer = issuer(signOn.at("issuer"));
        Map<String, Role> roles = roles(signOn.at("roles"));
        return issuer.flatMap(place -> values.text(signOn.at("client"))
                .map(client -> new SignOnSettings(
                        place,
                        client,
                        secret(signOn.at("secret")),
                        values.address(signOn.at("address")),
                        values.text(signOn.at("claim")).orElse("groups"),
                        roles)));
    }

    /** Whoever can change what the issuer says decides who comes in. */
    private Optional<URI> issuer(Entry entry) {
        Optional<URI> issuer = values.place(entry);
        issuer.filter(place -> place.getScheme().equals("http")
                        && !LOOPBACK.matcher(place.getHost()).matches())
                .ifPresent(open -> values.wrong(
                        entry, "`" + entry.path() + "` is reached in plain text", "Write its address with https."));
        return issuer;
    }

    private Optional<Supplier<Secret>> secret(Entry entry) {
        return entry.text().map(written -> () -> references.resolve(written));
    }

    private static Map<String, Role> roles(Entry entry) {
        Map<String, Role> roles = new TreeMap<>();
        entry.entries()
                .forEach((group, role) -> role.text()
                        .flatMap(word -> Stream.of(Role.values())
                                .filter(each ->
                                        each.name().toLowerCase(Locale.ROOT).equals(word))
                                .findFirst())
                        .ifPresent(found -> roles.put(group, found)));
        return roles;
    }
}
