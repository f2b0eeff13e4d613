package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.runbook.Misprints;
import dev.muster.signing.KeySource;
import dev.muster.signing.KeyUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that sign, among the settings. */
class KeySettingsTest {
    @TempDir
    private Path folder;

    private WrittenSettings written;

    @BeforeEach
    void has_a_folder() {
        written = new WrittenSettings(folder);
    }

    @Test
    void keys_lie_where_they_are_said_to_and_their_passwords_are_looked_up_when_asked() throws Exception {
        written.write("muster.yaml", """
                keys:
                  evidence: { pkcs12: { file: evidence.p12, password: "${env:KEY_PASSWORD}" } }
                  ledger: { pem: /run/secrets/ledger.pem }
                """);
        Settings settings = written.read(Map.of("KEY_PASSWORD", "hunter2"));
        KeySource evidence =
                Optional.ofNullable(settings.keys().get(KeyUse.EVIDENCE)).orElseThrow();
        assertThat(evidence).hasToString("PKCS#12 store " + folder.resolve("evidence.p12"));
        assertThat(evidence.secret().orElseThrow().get().reveal()).isEqualTo("hunter2");
        assertThat(settings.keys()).containsEntry(KeyUse.LEDGER, new KeySource.Pem(Path.of("/run/secrets/ledger.pem")));

        written.write("muster.yaml", """
                keys:
                  evidence: { pkcs11: { library: /usr/lib/token.so, slot: 3, pin: "${secret:pin}", label: evidence } }
                  ledger: { program: { command: [sign, "--key", ledger], publicKey: ledger.pub.pem } }
                """);
        settings = written.read(Map.of());
        assertThat(settings.keys().get(KeyUse.EVIDENCE)).hasToString("PKCS#11 key evidence by /usr/lib/token.so");
        assertThat(settings.keys())
                .containsEntry(
                        KeyUse.LEDGER,
                        new KeySource.Program(List.of("sign", "--key", "ledger"), folder.resolve("ledger.pub.pem")));
    }

    @Test
    void a_key_lies_in_one_place_and_its_password_somewhere_else() throws IOException {
        written.write("muster.yaml", """
                keys:
                  evidence: { pem: a.pem, pkcs12: { file: b.p12, password: "${env:P}" } }
                  ledger: { pkcs12: { file: b.p12, password: hunter2 } }
                  approvals: { pem: a.pem }
                """);
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> written.read(Map.of()));
        assertThat(misprints.misprints())
                .extracting(misprint -> misprint.line() + ": " + misprint.what())
                .containsExactly(
                        "2: `keys.evidence` is said in more than one way, or in none",
                        "3: `keys.ledger.pkcs12.password` is something, not a reference",
                        "4: `approvals` in `keys` is not what the key signs");
        assertThat(misprints).hasMessageNotContaining("hunter2");
    }
}
