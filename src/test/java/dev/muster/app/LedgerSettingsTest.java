package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.runbook.Misprints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the ledger is witnessed, among the settings. */
class LedgerSettingsTest {
    private static final String WITNESS = "witness.example.com/a+19bcb88e+BFhmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm";

    @TempDir
    private Path folder;

    private WrittenSettings written;

    @BeforeEach
    void has_a_folder() {
        written = new WrittenSettings(folder);
    }

    @Test
    void the_ledgers_checkpoints_have_places_and_witnesses() throws Exception {
        written.write("secrets/hook", "s3same");
        written.write("muster.yaml", """
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
        Settings.OutsideLedger ledger = written.read(Map.of()).ledger();
        assertThat(ledger.copies()).hasSize(3);
        assertThat(ledger.copies().get(0).vault()).contains("offsite");
        assertThat(ledger.copies().get(0).lock()).contains(Period.ofYears(6));
        assertThat(ledger.copies().get(1).folder()).contains(folder.resolve("copies"));
        Settings.Hook hook = ledger.copies().get(2).hook().orElseThrow();
        assertThat(hook.name()).startsWith("the webhook https://hooks.example.com/… (");
        assertThat(hook.address().get().reveal()).isEqualTo("https://hooks.example.com/s3same");
        assertThat(ledger.witnesses().get(0).key().name()).isEqualTo("witness.example.com/a");
        assertThat(written.read(Map.of()).toString()).doesNotContain("s3same");
    }

    @Test
    void everything_that_is_wrong_with_the_places_is_reported_at_once() throws IOException {
        written.write("muster.yaml", """
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
                """.formatted(
                        WITNESS, WITNESS.replace("witness.example.com/a", "witness.example.com/b")));
        Misprints misprints = catchThrowableOfType(Misprints.class, () -> written.read(Map.of()));
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
}
