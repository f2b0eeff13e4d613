package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.News;
import dev.muster.drill.Secret;
import dev.muster.evidence.report.Presentation;
import dev.muster.people.Role;
import dev.muster.people.SessionRules;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.schedule.Limits;
import dev.muster.signing.KeySource;
import dev.muster.signing.KeyUse;
import dev.muster.telling.Receiver;
import dev.muster.web.Listening;
import dev.muster.web.tls.CertificateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are found where they are looked for, mean what is documented, and keep secrets to themselves. */
class SettingsTest {
    private static final String WITNESS = "witness.example.com/a+19bcb88e+BFhmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm";

    @TempDir
    Path folder;

    @Test
    void without_any_file_everything_has_its_default() throws Misprints {
        Settings settings = read(Map.of("HOME", "/users/kim"));
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
        write("muster.yaml", "alarm: { url: \"https://alarm.example.com/${secret:alarm}\" }");
        assertThat(read(Map.of()).calendars()).isEqualTo(folder.resolve("calendars"));
        assertThat(read(Map.of()).alarm())
                .hasValueSatisfying(alarm ->
                        assertThat(alarm.name()).matches("the webhook https://alarm.example.com/… \\([0-9a-f]{8}\\)"));
        write("muster.yaml", "calendars: closed\nalarm: { url: alarm.example.com }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .extracting(Misprint::line)
                .containsExactly(2);
    }

    @Test
    void receivers_are_told_what_they_want_and_their_secrets_stay_references() throws Exception {
        write("muster.yaml", """
                telling:
                  dba: { mail: { host: smtp.example.com, from: muster@example.com, to: [dba@example.com], user: muster, password: "${env:SMTP}" } }
                  on-call: { pagerduty: { key: "${env:PAGER}" }, on: [failed, passed-again], systems: ["erp-*"] }
                  chat: { slack: { url: "https://chat.example.com/${env:CHAT}" } }
                """);
        List<Receiver> receivers = read(Map.of("SMTP", "hunter2", "PAGER", "hunter3", "CHAT", "hunter4"))
                .receivers();

        assertThat(receivers).extracting(Receiver::name).containsExactly("dba", "on-call", "chat");
        assertThat(receivers.get(0).on()).isEqualTo(Receiver.USUAL);
        assertThat(receivers.get(0).channel().place()).isEqualTo("the mail server smtp.example.com:587");
        assertThat(receivers.get(1).on()).containsExactlyInAnyOrder(News.Kind.FAILED, News.Kind.PASSED_AGAIN);
        assertThat(receivers.get(1).systems()).containsExactly("erp-*");
        assertThat(receivers.toString()).doesNotContain("hunter");
        assertThat(receivers.get(0).channel().secrets())
                .extracting(secret -> secret.get().reveal())
                .containsExactly("hunter2");
    }

    @Test
    void receivers_that_make_no_sense_are_refused_each_with_its_line() throws Exception {
        write("muster.yaml", """
                telling:
                  nobody: { on: [failed] }
                  both: { slack: { url: "https://a.example.com/" }, pagerduty: { key: "${env:PAGER}" } }
                  open: { mail: { host: smtp.example.com, tls: none, from: a@b, to: [a@b], user: a, password: "${env:SMTP}" } }
                  half: { mail: { host: smtp.example.com, from: a@b, to: [a@b], user: a } }
                  shown: { webhook: { url: "https://a.example.com/", secret: in-the-open } }
                  crlf: { mail: { host: smtp.example.com, from: "a@b\\nBcc: c@d", to: [a@b] } }
                  kind: { slack: { url: "https://a.example.com/" }, on: [fialed] }
                """);
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .extracting(Misprint::line)
                .contains(6, 7, 8);
        write("muster.yaml", """
                telling:
                  nobody: { on: [failed] }
                  both: { slack: { url: "https://a.example.com/" }, pagerduty: { key: "${env:PAGER}" } }
                  open: { mail: { host: smtp.example.com, tls: none, from: a@b, to: [a@b], user: a, password: "${env:SMTP}" } }
                  half: { mail: { host: smtp.example.com, from: a@b, to: [a@b], user: a } }
                """);
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .extracting(Misprint::line)
                .containsExactly(2, 3, 4, 5);
    }

    @Test
    void a_proxy_before_the_service_is_believed_to_do_tls() throws Exception {
        write("muster.yaml", "serve: { address: 0.0.0.0, behindProxy: true }");
        assertThat(read(Map.of()).listening().behindProxy()).isTrue();
        write("muster.yaml", "serve: { address: 0.0.0.0, behindProxy: false }");
        assertThat(read(Map.of()).listening().behindProxy()).isFalse();
    }

    @Test
    void the_service_listens_where_the_organisation_says() throws Exception {
        write("muster.yaml", """
                serve:
                  address: 0.0.0.0
                  port: 8443
                  tls: { pkcs12: tls.p12, password: "${env:TLS_PASSWORD}" }
                  proxies: [10.0.0.0/8]
                """);
        Listening listening = read(Map.of("TLS_PASSWORD", "hunter2")).listening();

        assertThat(listening.address()).isEqualTo("0.0.0.0");
        assertThat(listening.port()).isEqualTo(8443);
        assertThat(listening.proxies()).containsExactly("10.0.0.0/8");
        assertThat(listening.tls()).get().isInstanceOfSatisfying(CertificateFiles.Pkcs12.class, store -> {
            assertThat(store.file()).isEqualTo(folder.resolve("tls.p12"));
            assertThat(store.password().map(Supplier::get).map(Secret::reveal)).contains("hunter2");
        });
        assertThat(listening.toString()).doesNotContain("hunter2");

        write("muster.yaml", "serve: { tls: { certificate: muster.pem } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
        write("muster.yaml", "serve: { tls: { pkcs12: a.p12, password: open } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
    }

    @Test
    void people_come_in_as_the_organisation_says() throws Exception {
        write("muster.yaml", """
                serve:
                  session: { idle: 10m, longest: 8h }
                  signOn:
                    issuer: https://sso.example.com/realms/main
                    client: muster
                    secret: "${env:SSO_SECRET}"
                    roles: { muster-operators: operator, auditors: auditor }
                """);
        Settings.ComingIn comingIn = read(Map.of("SSO_SECRET", "hunter2")).comingIn();

        assertThat(comingIn.session()).isEqualTo(new SessionRules(Duration.ofMinutes(10), Duration.ofHours(8)));
        SignOnSettings signOn = comingIn.signOn().orElseThrow();
        assertThat(signOn.issuer()).isEqualTo(URI.create("https://sso.example.com/realms/main"));
        assertThat(signOn.claim()).isEqualTo("groups");
        assertThat(signOn.roles()).isEqualTo(Map.of("muster-operators", Role.OPERATOR, "auditors", Role.AUDITOR));
        assertThat(signOn.secret().map(Supplier::get).map(Secret::reveal)).contains("hunter2");
        assertThat(comingIn.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_provider_in_plain_text_and_a_role_that_there_is_not_are_told() throws Exception {
        write("muster.yaml", "serve: { signOn: { issuer: 'http://sso.example.com', client: a, roles: {} } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .extracting(Misprint::what)
                .containsExactly("`serve.signOn.issuer` is reached in plain text");
        write("muster.yaml", "serve: { signOn: { issuer: 'https://a', client: a, roles: { x: king } } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
        write("muster.yaml", "serve: { signOn: { issuer: 'https://a', client: a, secret: open, roles: {} } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
        write("muster.yaml", "serve: { session: { idle: 30 } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
    }

    @Test
    void reports_are_written_as_the_organisation_is_used_to() throws Exception {
        write("muster.yaml", "report: { locale: de-DE, paper: letter, zone: Europe/Berlin }");

        assertThat(read(Map.of()).report())
                .isEqualTo(new Presentation(Locale.GERMANY, ZoneId.of("Europe/Berlin"), Presentation.Paper.LETTER));
    }

    @Test
    void a_locale_zone_or_paper_that_there_is_not_is_told() throws Exception {
        write("muster.yaml", "report: { locale: xx-YY, zone: Europe/Berlon }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .extracting(Misprint::what)
                .containsExactlyInAnyOrder(
                        "`xx-YY` is not a locale that Java knows", "`Europe/Berlon` is not a time zone");
        write("muster.yaml", "report: { paper: A3 }");
        assertThat(catchThrowableOfType(Misprints.class, () -> read(Map.of())).misprints())
                .hasSize(1);
    }

    @Test
    void the_file_here_goes_before_the_one_in_config_and_a_named_one_before_both() throws Exception {
        Path inConfig = write("config/muster.yaml", "home: a");
        assertThat(read(Map.of()).home()).isEqualTo(folder.resolve("config/a"));
        assertThat(read(Map.of()).file()).contains(inConfig);
        write("muster.yaml", "home: b");
        assertThat(read(Map.of()).home()).isEqualTo(folder.resolve("b"));
        Path named = write("other/named.yaml", "home: c");
        assertThat(Settings.read(Optional.of(named), Optional.empty(), Map.of(), folder)
                        .home())
                .isEqualTo(folder.resolve("other/c"));
    }

    @Test
    void paths_count_from_the_file_or_from_the_users_home() throws Exception {
        write("config/muster.yaml", """
                home: ~/data
                runbooks: ../runbooks
                secrets: /run/secrets
                catalog: { url: "jdbc:h2:file:~/catalog" }
                scratch: { folder: "${env:FAST_DISK}/scratches", user: postgres }
                organisation: { name: Example Ltd, templates: ../templates }
                """);
        Settings settings = read(Map.of("HOME", "/users/kim", "FAST_DISK", "/mnt/fast"));
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
        write("muster.yaml", """
                catalog: { url: "jdbc:postgresql://db.example.com/muster", user: muster, password: "${env:PASSWORD}" }
                """);
        Settings.CatalogPlace place =
                read(Map.of("PASSWORD", "not-to-be-shown")).catalog();

        assertThat(place.url()).isEqualTo("jdbc:postgresql://db.example.com/muster");
        assertThat(place.user()).contains("muster");
        assertThat(place.password()).map(Supplier::get).map(Secret::reveal).contains("not-to-be-shown");
    }

    @Test
    void the_catalogs_password_is_never_written_down() throws IOException {
        write("muster.yaml", """
                catalog: { url: "jdbc:postgresql://db.example.com/muster?user=a&password=hunter2", password: hunter2 }
                """);
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> read(Map.of()));

        assertThat(misprints.misprints())
                .extracting(Misprint::what)
                .containsExactlyInAnyOrder(
                        "`catalog.url` would show a password", "`catalog.password` is something, not a reference");
        assertThat(misprints).hasMessageNotContaining("hunter2");
    }

    @Test
    void says_how_many_drills_run_at_once_and_how_long_is_waited() throws Exception {
        write("muster.yaml", "drills: { atOnce: 4, scratchAtOnce: 6, grace: 90s, approvalWithin: 2d }");

        assertThat(read(Map.of()).drills()).isEqualTo(new Limits(4, 6, Duration.ofSeconds(90), Duration.ofDays(2)));
    }

    @Test
    void a_home_from_the_command_line_takes_catalog_and_scratches_with_it() throws Exception {
        write("muster.yaml", "home: a");
        Settings settings = Settings.read(Optional.empty(), Optional.of(Path.of("/elsewhere")), Map.of(), folder);
        assertThat(settings.home()).isEqualTo(Path.of("/elsewhere"));
        assertThat(settings.catalog().url()).isEqualTo("jdbc:h2:file:/elsewhere/catalog");
        assertThat(settings.scratch().folder()).isEmpty();
    }

    @Test
    void a_vault_is_taken_over_and_its_credentials_are_looked_up_when_asked() throws Exception {
        write("secrets/key", "hunter2\n");
        write("muster.yaml", """
                secrets: secrets
                vaults:
                  primary:
                    endpoint: "http://${env:S3_HOST}:9000"
                    region: eu-central-1
                    bucket: backups
                    credentials: { accessKey: "${env:S3_ACCESS_KEY}", secretKey: "${secret:key}" }
                  aws: { bucket: offsite }
                """);
        Settings settings = read(Map.of("S3_HOST", "127.0.0.1"));
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
    void keys_lie_where_they_are_said_to_and_their_passwords_are_looked_up_when_asked() throws Exception {
        write("muster.yaml", """
                keys:
                  evidence: { pkcs12: { file: evidence.p12, password: "${env:KEY_PASSWORD}" } }
                  ledger: { pem: /run/secrets/ledger.pem }
                """);
        Settings settings = read(Map.of("KEY_PASSWORD", "hunter2"));
        KeySource evidence =
                Optional.ofNullable(settings.keys().get(KeyUse.EVIDENCE)).orElseThrow();
        assertThat(evidence).hasToString("PKCS#12 store " + folder.resolve("evidence.p12"));
        assertThat(evidence.secret().orElseThrow().get().reveal()).isEqualTo("hunter2");
        assertThat(settings.keys()).containsEntry(KeyUse.LEDGER, new KeySource.Pem(Path.of("/run/secrets/ledger.pem")));

        write("muster.yaml", """
                keys:
                  evidence: { pkcs11: { library: /usr/lib/token.so, slot: 3, pin: "${secret:pin}", label: evidence } }
                  ledger: { program: { command: [sign, "--key", ledger], publicKey: ledger.pub.pem } }
                """);
        settings = read(Map.of());
        assertThat(settings.keys().get(KeyUse.EVIDENCE)).hasToString("PKCS#11 key evidence by /usr/lib/token.so");
        assertThat(settings.keys())
                .containsEntry(
                        KeyUse.LEDGER,
                        new KeySource.Program(List.of("sign", "--key", "ledger"), folder.resolve("ledger.pub.pem")));
    }

    @Test
    void a_key_lies_in_one_place_and_its_password_somewhere_else() throws IOException {
        write("muster.yaml", """
                keys:
                  evidence: { pem: a.pem, pkcs12: { file: b.p12, password: "${env:P}" } }
                  ledger: { pkcs12: { file: b.p12, password: hunter2 } }
                  approvals: { pem: a.pem }
                """);
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> read(Map.of()));
        assertThat(misprints.misprints())
                .extracting(misprint -> misprint.line() + ": " + misprint.what())
                .containsExactly(
                        "2: `keys.evidence` is said in more than one way, or in none",
                        "3: `keys.ledger.pkcs12.password` is something, not a reference",
                        "4: `approvals` in `keys` is not what the key signs");
        assertThat(misprints).hasMessageNotContaining("hunter2");
    }

    @Test
    void everything_that_is_wrong_is_reported_at_once() throws IOException {
        Path file = write("muster.yaml", """
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
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> read(Map.of()));
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
    void the_ledgers_checkpoints_have_places_and_witnesses() throws Exception {
        write("secrets/hook", "s3same");
        write("muster.yaml", """
                secrets: secrets
                vaults: { offsite: { bucket: b } }
                ledger:
                  checkpoints:
                    - { vault: offsite, prefix: muster/checkpoints/, lock: 6y }
                    - { file: copies/ }
                    - { webhook: "https://hooks.example.com/${secret:hook}" }
                  witnesses:
                    - { url: "https://witness.example.com/", key: "%s" }
                """.formatted(WITNESS));
        Settings.OutsideLedger ledger = read(Map.of()).ledger();
        assertThat(ledger.copies()).hasSize(3);
        assertThat(ledger.copies().get(0).vault()).contains("offsite");
        assertThat(ledger.copies().get(0).lock()).contains(Period.ofYears(6));
        assertThat(ledger.copies().get(1).folder()).contains(folder.resolve("copies"));
        Settings.Hook hook = ledger.copies().get(2).hook().orElseThrow();
        assertThat(hook.name()).startsWith("the webhook https://hooks.example.com/… (");
        assertThat(hook.address().get().reveal()).isEqualTo("https://hooks.example.com/s3same");
        assertThat(ledger.witnesses().get(0).key().name()).isEqualTo("witness.example.com/a");
        assertThat(read(Map.of()).toString()).doesNotContain("s3same");
    }

    @Test
    void everything_that_is_wrong_with_the_places_is_reported_at_once() throws IOException {
        write("muster.yaml", """
                vaults: { offsite: { bucket: b } }
                ledger:
                  checkpoints:
                    - { lock: 6y }
                    - { vault: offsit, prefix: muster }
                    - { vault: offsite }
                    - { file: copies/, webhook: "ftp://hooks.example.com" }
                    - { vault: offsite, prefix: p/, lock: forever }
                  witnesses:
                    - { url: witness, key: "%s" }
                    - { url: "https://witness.example.com", key: "%s" }
                """.formatted(WITNESS, WITNESS.replace("witness.example.com/a", "witness.example.com/b")));
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> read(Map.of()));
        assertThat(misprints.misprints())
                .extracting(misprint -> misprint.line() + ": " + misprint.what())
                .containsExactly(
                        "4: `ledger.checkpoints.0` names no place",
                        "4: `ledger.checkpoints.0.lock` is not how long a vault locks",
                        "5: `ledger.checkpoints.1.vault` is `offsit`, which is no vault in the settings",
                        "5: `ledger.checkpoints.1.prefix` does not end with a slash",
                        "6: `ledger.checkpoints.2` lacks the key `prefix`",
                        "7: `ledger.checkpoints.3` names more than one place",
                        "7: `ledger.checkpoints.3.webhook` is not the address of a webhook",
                        "8: `ledger.checkpoints.4.lock` is not how long a vault locks",
                        "10: `ledger.witnesses.0.url` is not an address",
                        "11: `ledger.witnesses.1.key` is not the key of a witness");
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
            write("muster.yaml", "vaults: { primary: { bucket: b, endpoint: \"%s\" } }".formatted(wrong));
            assertThatThrownBy(() -> read(Map.of())).as(wrong).hasMessageContaining("is not the address of a server");
        }
    }

    private Settings read(Map<String, String> environment) throws Misprints {
        return Settings.read(Optional.empty(), Optional.empty(), environment, folder);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, content);
    }

    private static VaultSettings vault(Settings settings, String name) {
        return Optional.ofNullable(settings.vaults().get(name)).orElseThrow();
    }
}
