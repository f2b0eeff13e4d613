package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.signing.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsShownTest {
    @TempDir
    Path folder;

    @Test
    void settings_are_shown_without_any_secret_that_they_hold_or_refer_to() throws Exception {
        Path file = Files.writeString(folder.resolve("muster.yaml"), """
                home: home
                vaults:
                  primary:
                    endpoint: http://127.0.0.1:9000
                    region: eu-central-1
                    bucket: backups
                    credentials: { accessKey: "${env:ACCESS}", secretKey: "${env:SECRET}" }
                catalog:
                  url: "jdbc:postgresql://catalog.example.com/muster?ssl=true"
                  user: muster
                  password: "${env:CATALOG}"
                """);
        Settings settings = Settings.read(
                Optional.of(file),
                Optional.empty(),
                Map.of("ACCESS", "openaccess", "SECRET", "letmein", "CATALOG", "inquery"));

        String shown = new SettingsShown(settings, new KeyRing(folder.resolve("keys"), Map.of(), Clock.systemUTC()))
                .groups()
                .toString();

        assertThat(shown)
                .contains("jdbc:postgresql://catalog.example.com/muster")
                .contains("http://127.0.0.1:9000")
                .contains("set, and not shown")
                .doesNotContain("letmein", "openaccess", "inquery");
    }
}
