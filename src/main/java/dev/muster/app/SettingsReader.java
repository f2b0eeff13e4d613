package dev.muster.app;

import dev.muster.evidence.report.Presentation;
import dev.muster.runbook.Amounts;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.StrictReader;
import dev.muster.schedule.Limits;
import dev.muster.web.Listening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the settings' file, and turns it into settings or into a list of everything that is wrong with it. */
final class SettingsReader {
    private final Map<String, String> environment;
    private final Path here;

    SettingsReader(Map<String, String> environment, Path here) {
        this.environment = environment;
        this.here = here;
    }

    Settings read(Optional<Path> configFile, Optional<Path> homeOverride) throws Misprints {
        Optional<Path> file = configFile.or(this::customaryFile);
        if (file.isEmpty()) {
            SettingValues values = new SettingValues(environment, here);
            return without(homeOverride.orElse(values.userHome().resolve(".muster")));
        }
        Document document = new StrictReader("settings").read(file.get(), Map.of());
        Path folder =
                Optional.ofNullable(file.get().toAbsolutePath().getParent()).orElse(here);
        SettingValues values = new SettingValues(environment, folder);
        Settings settings = settings(file.get(), document.root(), homeOverride, values);
        List<Misprint> misprints = document.misprintsWith(document.whole() ? values.misprints() : List.of());
        if (!misprints.isEmpty()) {
            throw new Misprints(misprints);
        }
        return settings;
    }

    private Optional<Path> customaryFile() {
        return Stream.of(here.resolve("muster.yaml"), here.resolve("config").resolve("muster.yaml"))
                .filter(Files::exists)
                .findFirst();
    }

    private Settings without(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return new Settings(
                Optional.empty(),
                absolute,
                here.resolve("runbooks").toAbsolutePath().normalize(),
                Map.of(),
                Settings.CatalogPlace.file(CatalogValues.ofHome(absolute)),
                Optional.empty(),
                new Settings.ScratchPlace(Optional.empty(), Optional.empty()),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new Settings.Organisation(Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Presentation.USUAL,
                Settings.OutsideLedger.NONE,
                here.resolve("config").resolve("calendars").toAbsolutePath().normalize(),
                Optional.empty(),
                Limits.USUAL,
                Listening.USUAL,
                Settings.ComingIn.USUAL,
                List.of());
    }

    private Settings settings(Path file, Entry root, Optional<Path> homeOverride, SettingValues values) {
        Path home = homeOverride
                .or(() -> values.path(root.at("home")))
                .orElse(values.userHome().resolve(".muster"))
                .toAbsolutePath()
                .normalize();
        Optional<Path> secrets = values.path(root.at("secrets"));
        Entry organisation = root.at("organisation");
        SignOnValues comingIn = new SignOnValues(values, environment, secrets);
        return new Settings(
                Optional.of(file),
                home,
                values.path(root.at("runbooks"))
                        .orElse(here.resolve("runbooks").toAbsolutePath().normalize()),
                new VaultValues(values, environment, secrets).vaults(root.at("vaults")),
                new CatalogValues(values, environment, secrets).catalog(root.at("catalog"), home),
                secrets,
                new Settings.ScratchPlace(
                        values.path(root.at("scratch").at("folder")),
                        values.text(root.at("scratch").at("user"))),
                new ClusterValues(values, environment, secrets).cluster(root.at("kubernetes"), root.at("vaults")),
                programs(root.at("programs"), values),
                new KeyValues(values, environment, secrets).keys(root.at("keys")),
                new Settings.Organisation(
                        values.text(organisation.at("name")), values.path(organisation.at("templates"))),
                new TimestampValues(values, environment, secrets).timestamp(root.at("timestamp")),
                values.path(root.at("approvers")),
                values.presentation(root.at("report")),
                new LedgerValues(values, environment, secrets).outside(root.at("ledger"), root.at("vaults")),
                values.path(root.at("calendars")).orElse(values.inFolder("calendars")),
                new HookValues(values, environment, secrets)
                        .hook(root.at("alarm").at("url")),
                limits(root.at("drills")),
                new ListeningValues(values, environment, secrets).listening(root.at("serve")),
                new Settings.ComingIn(
                        comingIn.session(root.at("serve").at("session")),
                        comingIn.signOn(root.at("serve").at("signOn"))),
                new TellingValues(values, environment, secrets).receivers(root.at("telling")));
    }

    private static Limits limits(Entry drills) {
        Limits usual = Limits.USUAL;
        return new Limits(
                (int) drills.at("atOnce").number().orElse(usual.atOnce()),
                (int) drills.at("scratchAtOnce").number().orElse(usual.scratchAtOnce()),
                drills.at("grace").text().flatMap(Amounts::duration).orElse(usual.grace()),
                drills.at("approvalWithin").text().flatMap(Amounts::duration).orElse(usual.approvalWithin()));
    }

    private static Map<String, Path> programs(Entry programs, SettingValues values) {
        Map<String, Path> paths = new HashMap<>();
        programs.entries().forEach((name, program) -> values.path(program).ifPresent(path -> paths.put(name, path)));
        return paths;
    }
}
