package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.drill.Secret;
import dev.muster.people.Role;
import dev.muster.people.SessionRules;
import dev.muster.people.signon.SignOnSettings;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.web.Listening;
import dev.muster.web.tls.CertificateFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the service listens and who comes in, among the settings. */
class ServiceSettingsTest {
    @TempDir
    private Path folder;

    private WrittenSettings written;

    @BeforeEach
    void has_a_folder() {
        written = new WrittenSettings(folder);
    }

    @Test
    void a_proxy_before_the_service_is_believed_to_do_tls() throws Exception {
        written.write("muster.yaml", "serve: { address: 0.0.0.0, behindProxy: true }");
        assertThat(written.read(Map.of()).listening().behindProxy()).isTrue();
        written.write("muster.yaml", "serve: { address: 0.0.0.0, behindProxy: false }");
        assertThat(written.read(Map.of()).listening().behindProxy()).isFalse();
    }

    @Test
    void the_service_listens_where_the_organisation_says() throws Exception {
        written.write("muster.yaml", """
                serve:
                  address: 0.0.0.0
                  port: 8443
                  tls: { pkcs12: tls.p12, password: "${env:TLS_PASSWORD}" }
                  proxies: [10.0.0.0/8]
                """);
        Listening listening = written.read(Map.of("TLS_PASSWORD", "hunter2")).listening();

        assertThat(listening.address()).isEqualTo("0.0.0.0");
        assertThat(listening.port()).isEqualTo(8443);
        assertThat(listening.proxies()).containsExactly("10.0.0.0/8");
        assertThat(listening.tls()).get().isInstanceOfSatisfying(CertificateFiles.Pkcs12.class, store -> {
            assertThat(store.file()).isEqualTo(folder.resolve("tls.p12"));
            assertThat(store.password().map(Supplier::get).map(Secret::reveal)).contains("hunter2");
        });
        assertThat(listening.toString()).doesNotContain("hunter2");

        written.write("muster.yaml", "serve: { tls: { certificate: muster.pem } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
        written.write("muster.yaml", "serve: { tls: { pkcs12: a.p12, password: open } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
    }

    @Test
    void people_come_in_as_the_organisation_says() throws Exception {
        written.write("muster.yaml", """
                serve:
                  session: { idle: 10m, longest: 8h }
                  signOn:
                    issuer: https://sso.example.com/realms/main
                    client: muster
                    secret: "${env:SSO_SECRET}"
                    roles: { muster-operators: operator, auditors: auditor }
                """);
        Settings.ComingIn comingIn =
                written.read(Map.of("SSO_SECRET", "hunter2")).comingIn();

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
        written.write("muster.yaml", "serve: { signOn: { issuer: 'http://sso.example.com', client: a, roles: {} } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .extracting(Misprint::what)
                .containsExactly("`serve.signOn.issuer` is reached in plain text");
        written.write("muster.yaml", "serve: { signOn: { issuer: 'https://a', client: a, roles: { x: king } } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
        written.write("muster.yaml", "serve: { signOn: { issuer: 'https://a', client: a, secret: open, roles: {} } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
        written.write("muster.yaml", "serve: { session: { idle: 30 } }");
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .hasSize(1);
    }
}
