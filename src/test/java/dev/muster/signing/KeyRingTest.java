package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private KeyRing at(Instant now) {
        return new KeyRing(folder.resolve("keys"), Map.of(), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void evidence_and_ledger_get_a_key_each() {
        assertThat(at(NOW).init(Optional.empty())).extracting(KeyRing.Held::use).containsExactly(KeyUse.values());

        assertThat(at(NOW).evidence().keyId()).isNotEqualTo(at(NOW).ledger().keyId());
        assertThatThrownBy(() -> at(NOW).init(Optional.empty()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster keys rotate ledger");
    }

    @Test
    void an_older_home_goes_on_with_its_one_key_until_the_other_is_made() {
        String old = SigningKeys.init(folder.resolve("keys")).keyId();
        assertThat(at(NOW).ledger().keyId()).isEqualTo(old);
        assertThat(at(NOW).held(KeyUse.LEDGER).use()).isEqualTo(KeyUse.EVIDENCE);

        assertThat(at(NOW).init(Optional.empty())).extracting(KeyRing.Held::use).containsExactly(KeyUse.LEDGER);

        assertThat(at(NOW).evidence().keyId()).isEqualTo(old);
        assertThat(at(NOW).ledger().keyId()).isNotEqualTo(old);
    }

    @Test
    void a_key_signs_until_it_ends_and_not_after() throws IOException {
        at(NOW).init(Optional.of(Period.ofYears(2)));
        Instant end = Instant.parse("2028-11-21T12:00:00Z");

        assertThat(folder.resolve("keys/evidence-key.pub.pem")).content().startsWith("Valid until: " + end + "\n");
        assertThat(at(end.minusSeconds(1)).evidence().keyId()).hasSize(64);
        assertThatThrownBy(() -> at(end).evidence())
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("valid until " + end)
                .hasMessageContaining("muster keys rotate evidence");
        assertThat(at(end).held(KeyUse.EVIDENCE).signer().keyId()).hasSize(64);
    }

    @Test
    void a_retired_key_ends_with_its_rotation_and_an_end_that_came_before_stays() {
        at(NOW).init(Optional.of(Period.ofDays(1)));
        Rotation first = at(NOW).rotate(KeyUse.LEDGER);
        Rotation late = at(NOW.plus(Duration.ofDays(3))).rotate(KeyUse.EVIDENCE);

        assertThat(at(NOW).publicKeys())
                .filteredOn(key -> key.keyId().equals(first.retired().keyId()))
                .extracting(PublicKeyText::validity)
                .containsExactly(Validity.until(NOW));
        assertThat(at(NOW).publicKeys())
                .filteredOn(key -> key.keyId().equals(late.retired().keyId()))
                .extracting(PublicKeyText::validity)
                .containsExactly(Validity.until(NOW.plus(Duration.ofDays(1))));
        assertThat(at(NOW).ledger().keyId()).isEqualTo(first.current().keyId());
    }

    @Test
    void both_keys_sign_a_rotation() {
        at(NOW).init(Optional.empty());
        Map<String, String> details = at(NOW).rotate(KeyUse.EVIDENCE).details();
        Map<String, String> other = at(NOW).rotate(KeyUse.EVIDENCE).details();

        assertThat(Rotation.fault(details)).isEmpty();
        for (String part : details.keySet()) {
            Map<String, String> changed = new TreeMap<>(details);
            changed.put(
                    part, part.equals("key") ? "ledger" : part.equals("at") ? "2026-01-01T00:00:00Z" : other.get(part));
            assertThat(Rotation.fault(changed)).as(part).isPresent();
        }
        assertThat(Rotation.fault(Map.of("from", "a", "to", "b"))).isPresent();
    }

    @Test
    void what_muster_did_not_make_it_does_not_rotate() {
        Path pem = folder.resolve("mounted.pem");
        KeyRing ring = new KeyRing(
                folder.resolve("keys"),
                Map.of(KeyUse.EVIDENCE, new KeySource.Pem(pem)),
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThatThrownBy(() -> ring.rotate(KeyUse.EVIDENCE))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("PEM file " + pem)
                .hasMessageContaining("Valid until: " + NOW);
        assertThatThrownBy(() -> ring.rotate(KeyUse.LEDGER))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster keys init");
    }

    @Test
    void a_key_of_unknown_time_is_not_taken_for_one_without_an_end() throws IOException {
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        Path file = folder.resolve("keys/evidence-key.pub.pem");
        for (String heading :
                new String[] {"Valid until: tomorrow\n", "Valid until: " + NOW + "\nValid until: " + NOW + "\n"}) {
            Files.writeString(file, heading + keys.publicKeyPem());

            assertThatThrownBy(() -> SigningKeys.publicKeys(folder.resolve("keys")))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining(file.toString());
            assertThat(PublicKeyText.parse(Files.readString(file))).isEmpty();
        }
        Files.writeString(file, "Valid until: " + NOW + "\r\n" + keys.publicKeyPem());
        assertThat(SigningKeys.publicKeys(folder.resolve("keys")))
                .extracting(PublicKeyText::validity)
                .containsExactly(Validity.until(NOW));
        assertThat(keys.publicKey().verifies("m".getBytes(UTF_8), keys.sign("m".getBytes(UTF_8))))
                .isTrue();
    }
}
