package dev.muster.app;

import dev.muster.drill.CouldNotRun;
import dev.muster.evidence.report.Presentation;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The meaning of single settings: references to the environment, paths, addresses. It collects what is wrong with them. */
final class SettingValues {
    private final References references;
    private final Path userHome;
    private final Path folder;
    private final List<Misprint> misprints = new ArrayList<>();

    /** @param folder what relative paths count from: the folder of the settings' file */
    SettingValues(Map<String, String> environment, Path folder) {
        this.references = new References(environment, Optional.empty());
        this.userHome = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        this.folder = folder;
    }

    List<Misprint> misprints() {
        return List.copyOf(misprints);
    }

    void wrong(Entry entry, String what, String remedy) {
        misprints.add(entry.misprint(what, remedy));
    }

    /** What lies beside the settings' file. */
    Path inFolder(String name) {
        return folder.resolve(name).toAbsolutePath().normalize();
    }

    Path userHome() {
        return userHome;
    }

    /** A text that may be shown, with references to the environment replaced. */
    Optional<String> text(Entry entry) {
        Optional<String> written = entry.text().filter(text -> !text.isEmpty() && References.wellFormed(text));
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (References.namesSecret(written.get())) {
            misprints.add(entry.misprint(
                    "`" + entry.path() + "` would show a secret",
                    "Write ${env:NAME} here; ${secret:NAME} is for the credentials of vaults only."));
            return Optional.empty();
        }
        try {
            return Optional.of(references.resolve(written.get()).reveal());
        } catch (CouldNotRun unset) {
            misprints.add(entry.misprint(unset.problem().what(), unset.problem().remedy()));
            return Optional.empty();
        }
    }

    Optional<Path> path(Entry entry) {
        return text(entry).flatMap(text -> {
            try {
                return Optional.of(
                        folder.resolve(fromHome(text)).toAbsolutePath().normalize());
            } catch (InvalidPathException invalid) {
                misprints.add(entry.misprint("`" + entry.path() + "` is not a path", "Write the path of a folder."));
                return Optional.<Path>empty();
            }
        });
    }

    String fromHome(String text) {
        return text.equals("~") || text.startsWith("~/") ? userHome + text.substring(1) : text;
    }

    Optional<URI> address(Entry entry) {
        return text(entry).flatMap(text -> {
            Optional<URI> address = server(text);
            if (address.isEmpty()) {
                misprints.add(entry.misprint(
                        "`" + entry.path() + "` is not the address of a server",
                        "Write scheme, host and port, such as http://127.0.0.1:9000, and no user, path or query."));
            }
            return address;
        });
    }

    /** The address of something on a server, with a path. */
    Optional<URI> place(Entry entry) {
        return text(entry).flatMap(text -> {
            Optional<URI> place = parsed(text)
                    .filter(address -> address.getHost() != null && address.getUserInfo() == null)
                    .filter(address -> List.of("http", "https").contains(address.getScheme()));
            if (place.isEmpty()) {
                misprints.add(entry.misprint(
                        "`" + entry.path() + "` is not an address",
                        "Write it like https://tsa.example.com/tsr, without a user."));
            }
            return place;
        });
    }

    /** Notes that an entry, well-formed by itself, does not go with the others. */
    void refuse(Entry entry, String what, String remedy) {
        misprints.add(entry.misprint(what, remedy));
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<URI> server(String text) {
        try {
            URI address = new URI(text);
            boolean plain = address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null
                    && List.of("", "/").contains(address.getPath());
            return plain && List.of("http", "https").contains(address.getScheme())
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    Presentation presentation(Entry report) {
        Presentation usual = Presentation.USUAL;
        Entry locale = report.at("locale");
        Entry zone = report.at("zone");
        return new Presentation(
                text(locale).flatMap(tag -> locale(locale, tag)).orElse(usual.locale()),
                text(zone).flatMap(name -> zone(zone, name)).orElse(usual.zone()),
                text(report.at("paper")).flatMap(Presentation.Paper::of).orElse(usual.paper()));
    }

    private Optional<Locale> locale(Entry entry, String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        if (Arrays.asList(Locale.getAvailableLocales()).contains(locale) && !locale.equals(Locale.ROOT)) {
            return Optional.of(locale);
        }
        misprints.add(entry.misprint(
                "`" + tag + "` is not a locale that Java knows",
                "Write language and country, such as de-DE or en-US."));
        return Optional.empty();
    }

    private Optional<ZoneId> zone(Entry entry, String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            misprints.add(entry.misprint(
                    "`" + name + "` is not a time zone", "Write its name, such as Europe/Berlin or UTC."));
            return Optional.empty();
        }
    }
}
