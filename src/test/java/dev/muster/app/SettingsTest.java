package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.evidence.report.Presentation;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.schedule.Limits;
import dev.muster.web.Listening;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are found where they are looked for, mean what is documented, and keep secrets to themselves. */
class SettingsTest {
    @TempDir
    Path folder;

    private WrittenSettings written;

    @BeforeEach
    void has_a_folder() {
        written = new WrittenSettings(folder);
    }

    @Test
    void without_any_file_everything_has_its_default() throws Misprints {
        Settings settings = written.read(Map.of("HOME", "/users/kim"));
        assertThat(settings)
                .isEqualTo(new Settings(
                        Optional.empty(),
                        Path.of("/users/kim/.muster"),
                        folder.resolve("runbooks"),
                        Map.of(),
                        Settings.CatalogPlace.file("jdbc:h2:file:/users/kim/.muster/catalog"),
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
                        folder.resolve("config/calendars"),
                        Optional.empty(),
                        Limits.USUAL,
                        Listening.USUAL,
                        Settings.ComingIn.USUAL,
                        List.of()));
    }

    @Test
    void calendars_lie_beside_the_settings_and_the_alarm_keeps_its_secret() throws Exception {
        written.write("muster.yaml", "alarm: { url: \"https://alarm.example.com/${secret:alarm}\" }");
        assertThat(written.read(Map.of()).calendars()).isEqualTo(folder.resolve("calendars"));
        assertThat(written.read(Map.of()).alarm())
                .hasValueSatisfying(alarm ->
                        assertThat(alarm.name()).matches("the webhook https://alarm.example.com/… \\([0-9a-f]{8}\\)"));
        written.write("muster.yaml", "calendars: closed\nalarm: { url: alarm.example.com }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .extracting(Misprint::line)
                .containsExactly(2);
    }

    @Test
    void reports_are_written_as_the_organisation_is_used_to() throws Exception {
        written.write("muster.yaml", "report: { locale: de-DE, paper: letter, zone: Europe/Berlin }");

        assertThat(written.read(Map.of()).report())
                .isEqualTo(new Presentation(Locale.GERMANY, ZoneId.of("Europe/Berlin"), Presentation.Paper.LETTER));
    }

    @Test
    void a_locale_zone_or_paper_that_there_is_not_is_told() throws Exception {
        written.write("muster.yaml", "report: { locale: xx-YY, zone: Europe/Berlon }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .extracting(Misprint::what)
                .containsExactlyInAnyOrder(
                        "`xx-YY` is not a locale that Java knows", "`Europe/Berlon` is not a time zone");
        written.write("muster.yaml", "report: { paper: A3 }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
    }

    @Test
    void the_file_here_goes_before_the_one_in_config_and_a_named_one_before_both() throws Exception {
        Path inConfig = written.write("config/muster.yaml", "home: a");
        assertThat(written.read(Map.of()).home()).isEqualTo(folder.resolve("config/a"));
        assertThat(written.read(Map.of()).file()).contains(inConfig);
        written.write("muster.yaml", "home: b");
        assertThat(written.read(Map.of()).home()).isEqualTo(folder.resolve("b"));
        Path named = written.write("other/named.yaml", "home: c");
        assertThat(Settings.read(Optional.of(named), Optional.empty(), Map.of(), folder)
                        .home())
                .isEqualTo(folder.resolve("other/c"));
    }

    @Test
    void paths_count_from_the_file_or_from_the_users_home() throws Exception {
        written.write("config/muster.yaml", """
                home: ~/data
                runbooks: ../runbooks
                secrets: /run/secrets
                catalog: { url: "jdbc:h2:file:~/catalog" }
                scratch: { folder: "${env:FAST_DISK}/scratches", user: postgres }
                organisation: { name: Example Ltd, templates: ../templates }
                """);
        Settings settings = written.read(Map.of("HOME", "/users/kim", "FAST_DISK", "/mnt/fast"));
        assertThat(settings.home()).isEqualTo(Path.of("/users/kim/data"));
        assertThat(settings.runbooks()).isEqualTo(folder.resolve("runbooks"));
        assertThat(settings.secrets()).contains(Path.of("/run/secrets"));
        assertThat(settings.catalog().url()).isEqualTo("jdbc:h2:file:/users/kim/catalog");
        assertThat(settings.scratch())
                .isEqualTo(new Settings.ScratchPlace(
                        Optional.of(Path.of("/mnt/fast/scratches")), Optional.of("postgres")));
        assertThat(settings.organisation())
                .isEqualTo(new Settings.Organisation(
                        Optional.of("Example Ltd"), Optional.of(folder.resolve("templates"))));
    }

    @Test
    void the_catalog_may_lie_in_postgresql_with_a_password_from_elsewhere() throws Exception {
        written.write("muster.yaml", """
                catalog: { url: "jdbc:postgresql://db.example.com/muster", user: muster, password: "${env:PASSWORD}" }
                """);
        Settings.CatalogPlace place =
                written.read(Map.of("PASSWORD", "not-to-be-shown")).catalog();

        assertThat(place.url()).isEqualTo("jdbc:postgresql://db.example.com/muster");
        assertThat(place.user()).contains("muster");
        assertThat(place.password()).map(Supplier::get).map(Secret::reveal).contains("not-to-be-shown");
    }

    @Test
    void the_catalogs_password_is_never_written_down() throws IOException {
        written.write("muster.yaml", """
                catalog: { url: "jdbc:postgresql://db.example.com/muster?user=a&password=hunter2", password: hunter2 }
                """);
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> written.read(Map.of()));

        assertThat(misprints.misprints())
                .extracting(Misprint::what)
                .containsExactlyInAnyOrder(
                        "`catalog.url` would show a password", "`catalog.password` is something, not a reference");
        assertThat(misprints).hasMessageNotContaining("hunter2");
    }

    @Test
    void says_how_many_drills_run_at_once_and_how_long_is_waited() throws Exception {
        written.write("muster.yaml", "drills: { atOnce: 4, scratchAtOnce: 6, grace: 90s, approvalWithin: 2d }");

        assertThat(written.read(Map.of()).drills())
                .isEqualTo(new Limits(4, 6, Duration.ofSeconds(90), Duration.ofDays(2)));
    }

    @Test
    void a_home_from_the_command_line_takes_catalog_and_scratches_with_it() throws Exception {
        written.write("muster.yaml", "home: a");
        Settings settings = Settings.read(Optional.empty(), Optional.of(Path.of("/elsewhere")), Map.of(), folder);
        assertThat(settings.home()).isEqualTo(Path.of("/elsewhere"));
        assertThat(settings.catalog().url()).isEqualTo("jdbc:h2:file:/elsewhere/catalog");
        assertThat(settings.scratch().folder()).isEmpty();
    }

    @Test
    void a_vault_is_taken_over_and_its_credentials_are_looked_up_when_asked() throws Exception {
        written.write("secrets/key", "hunter2\n");
        written.write("muster.yaml", """
                secrets: secrets
                vaults:
                  primary:
                    endpoint: "http://${env:S3_HOST}:9000"
                    region: eu-central-1
                    bucket: backups
                    credentials: { accessKey: "${env:S3_ACCESS_KEY}", secretKey: "${secret:key}" }
                  aws: { bucket: offsite }
                """);
        Settings settings = written.read(Map.of("S3_HOST", "127.0.0.1"));
        VaultSettings primary = vault(settings, "primary");
        assertThat(primary.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
        assertThat(primary.region()).isEqualTo("eu-central-1");
        assertThat(primary.bucket()).isEqualTo("backups");
        assertThat(primary.pathStyle()).isTrue();
        Supplier<Secret> secretKey = primary.secretKey().orElseThrow();
        assertThat(secretKey.get().reveal()).isEqualTo("hunter2");
        assertThatThrownBy(() -> primary.accessKey().orElseThrow().get())
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("S3_ACCESS_KEY is not set");
        assertThat(settings.toString()).doesNotContain("hunter2");

        VaultSettings aws = vault(settings, "aws");
        assertThat(aws.endpoint()).isEmpty();
        assertThat(aws.region()).isEqualTo("us-east-1");
        assertThat(aws.pathStyle()).isFalse();
        assertThat(aws.accessKey()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_reported_at_once() throws IOException {
        Path file = written.write("muster.yaml", """
                hoem: x
                runbooks: "${env:NOT_SET}"
                vaults:
                  primary:
                    endpoint: 127.0.0.1:9000
                    buckt: b
                    pathStyle: "yes"
                    credentials: { accessKey: "${env:A}", secretKey: hunter2 }
                  Second: { bucket: "${secret:name}" }
                catalog: { url: "jdbc:oracle:thin" }
                scratch: { user: 12 }
                """);
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> written.read(Map.of()));
        assertThat(misprints.misprints())
                .extracting(misprint -> misprint.line() + ": " + misprint.what())
                .containsExactly(
                        "1: Unknown key `hoem`",
                        "2: The environment variable NOT_SET is not set",
                        "4: `vaults.primary` lacks the key `bucket`",
                        "5: `vaults.primary.endpoint` is not the address of a server",
                        "6: Unknown key `buckt` in `vaults.primary`",
                        "7: `vaults.primary.pathStyle` is text, not true or false",
                        "8: `vaults.primary.credentials.secretKey` is something, not a reference",
                        "9: `Second` in `vaults` is not a name",
                        "9: `vaults.Second.bucket` would show a secret",
                        "10: `catalog.url` is not the address of an H2 or PostgreSQL database",
                        "11: `scratch.user` is a number, not text");
        assertThat(misprints.misprints()).extracting(Misprint::file).containsOnly(file.toString());
        assertThat(misprints).hasMessageNotContaining("hunter2");
    }

    @Test
    void a_named_file_that_is_not_there_is_told() {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> Settings.read(Optional.of(missing), Optional.empty(), Map.of(), folder))
                .isInstanceOf(Misprints.class)
                .hasMessageStartingWith(missing + ":1:1: There is no such file.");
    }

    @Test
    void the_example_that_ships_is_sound_and_serves_the_runbooks_that_ship() throws Misprints {
        Settings settings =
                Settings.read(Optional.of(Path.of("config/muster.yaml")), Optional.empty(), Map.of(), folder);
        assertThat(settings.vaults()).containsOnlyKeys("primary");
        assertThat(settings.runbooks()).isEqualTo(Path.of("runbooks").toAbsolutePath());
    }

    @Test
    void the_address_of_a_server_has_scheme_host_and_port_and_no_more() throws IOException {
        for (String wrong :
                List.of("ftp://host", "http://user:secret@host", "http://host/path", "host", "http://a b")) {
            written.write("muster.yaml", "vaults: { primary: { bucket: b, endpoint: \"%s\" } }".formatted(wrong));
            assertThatThrownBy(() -> written.read(Map.of()))
                    .as(wrong)
                    .hasMessageContaining("is not the address of a server");
        }
    }

    private static VaultSettings vault(Settings settings, String name) {
        return Optional.ofNullable(settings.vaults().get(name)).orElseThrow();
    }
}
