package dev.muster.app;

import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The catalog's database among the settings; its password stays a reference until it is opened. */
final class CatalogValues {
    private static final String FILE = "jdbc:h2:file:";
    private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;]password=|//[^/@]*:[^/@]*@");

    private final SettingValues values;
    private final References references;

    CatalogValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.references = new References(environment, secrets);
    }

    Settings.CatalogPlace catalog(Entry entry, Path home) {
        return new Settings.CatalogPlace(
                url(entry.at("url")).orElse(ofHome(home)),
                values.text(entry.at("user")),
                entry.at("password").text().map(text -> () -> references.resolve(text)));
    }

    static String ofHome(Path home) {
        return FILE + home.resolve("catalog");
    }

    private Optional<String> url(Entry entry) {
        return values.text(entry).flatMap(text -> {
            if (!text.startsWith("jdbc:h2:") && !text.startsWith("jdbc:postgresql:")) {
                values.wrong(
                        entry,
                        "`" + entry.path() + "` is not the address of an H2 or PostgreSQL database",
                        "Write it like jdbc:h2:file:/var/lib/muster/catalog or jdbc:postgresql://db.example.com/muster.");
                return Optional.<String>empty();
            }
            if (PASSWORD.matcher(text).find()) {
                values.wrong(
                        entry,
                        "`" + entry.path() + "` would show a password",
                        "Leave it out there and write `catalog.password` as a reference, such as ${secret:catalog}.");
                return Optional.<String>empty();
            }
            return Optional.of(text.startsWith(FILE) ? FILE + values.fromHome(text.substring(FILE.length())) : text);
        });
    }
}
