package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.backup.SessionSettings;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.signing.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role by which a vault is opened, as the settings say it. */
class VaultSessionSettingsTest {
    @TempDir
    Path folder;

    @Test
    void a_role_is_taken_over_with_all_that_goes_with_it() throws Exception {
        Settings settings = read("""
                vaults:
                  primary:
                    endpoint: http://127.0.0.1:9000
                    bucket: backups
                    session:
                      role: arn:aws:iam::123456789012:role/drills
                      endpoint: http://127.0.0.1:9001
                      lasts: 90m
                      externalId: "${env:EXTERNAL}"
                  aws:
                    bucket: offsite
                    session: { role: "arn:aws:iam::123456789012:role/other" }
                """);
        assertThat(session(settings, "primary"))
                .contains(new SessionSettings(
                        "arn:aws:iam::123456789012:role/drills",
                        Optional.of(URI.create("http://127.0.0.1:9001")),
                        Optional.of(Duration.ofMinutes(90)),
                        Optional.of("acme")));
        assertThat(session(settings, "aws"))
                .contains(new SessionSettings(
                        "arn:aws:iam::123456789012:role/other", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(new SettingsShown(settings, new KeyRing(folder.resolve("keys"), Map.of(), Clock.systemUTC()))
                        .groups()
                        .toString())
                .contains("arn:aws:iam::123456789012:role/drills");
    }

    @Test
    void a_role_that_cannot_be_right_is_refused_with_its_line() {
        assertThat(wrong("""
                vaults:
                  primary:
                    endpoint: http://127.0.0.1:9000
                    bucket: backups
                    session:
                      role: drills
                      lasts: 5m
                  second:
                    endpoint: http://127.0.0.1:9000
                    bucket: backups
                    session: { role: "arn:aws:iam::1:role/r", lasts: 13h }
                """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("6: ").contains("lacks the key `endpoint`"),
                        line -> assertThat(line).startsWith("6: ").contains("the ARN of a role"),
                        line -> assertThat(line)
                                .isEqualTo("7: `vaults.primary.session.lasts` is not between 15m and 12h"),
                        line -> assertThat(line).startsWith("11: ").contains("lacks the key `endpoint`"),
                        line -> assertThat(line)
                                .isEqualTo("11: `vaults.second.session.lasts` is not between 15m and 12h"));
    }

    private static Optional<SessionSettings> session(Settings settings, String vault) {
        return Objects.requireNonNull(settings.vaults().get(vault)).session();
    }

    private List<String> wrong(String text) {
        return catchThrowableOfType(Misprints.class, () -> read(text)).misprints().stream()
                .map(VaultSessionSettingsTest::line)
                .toList();
    }

    private static String line(Misprint misprint) {
        return misprint.line() + ": " + misprint.what();
    }

    private Settings read(String text) throws IOException, Misprints {
        Path file = Files.writeString(folder.resolve("muster.yaml"), text);
        return Settings.read(Optional.of(file), Optional.empty(), Map.of("EXTERNAL", "acme"));
    }
}
