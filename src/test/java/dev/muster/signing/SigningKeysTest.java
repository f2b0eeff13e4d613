package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final byte[] MESSAGE = "everyone to the boats".getBytes(UTF_8);

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path temporary;

    private Path keys() {
        return temporary.resolve("keys");
    }

    @Test
    void keeps_the_private_key_from_others() throws IOException {
        SigningKeys.init(keys());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys().resolve("evidence-key.pem"))))
                .isEqualTo("rw-------");
        assertThat(keys().resolve("evidence-key.pub.pem")).content().startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void opened_keys_sign_as_those_that_were_made() {
        SigningKeys made = SigningKeys.init(keys());
        SigningKeys opened = SigningKeys.open(keys());

        assertThat(opened.keyId()).isEqualTo(made.keyId()).hasSize(64);
        assertThat(opened.publicKeyPem()).isEqualTo(made.publicKeyPem());
        assertThat(SigningKeys.verify(made.publicKeyPem(), MESSAGE, opened.sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void refuses_a_signature_over_another_message_or_by_another_key() {
        SigningKeys keys = SigningKeys.init(keys());
        SigningKeys others = SigningKeys.init(temporary.resolve("others"));
        byte[] signature = keys.sign(MESSAGE);

        assertThat(SigningKeys.verify(keys.publicKeyPem(), "everyone to the bar".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(SigningKeys.verify(others.publicKeyPem(), MESSAGE, signature))
                .isFalse();
        assertThat(SigningKeys.verify(keys.publicKeyPem(), MESSAGE, new byte[3]))
                .isFalse();
        assertThat(SigningKeys.verify("no key at all", MESSAGE, signature)).isFalse();
    }

    /** The first test vector of RFC 8032, section 7.1. */
    @Test
    void signs_as_the_standard_says() throws IOException {
        byte[] privateKey = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        KeyFiles.createFolder(keys());
        KeyFiles.createPrivate(keys().resolve("evidence-key.pem"), PemBlock.format("PRIVATE KEY", privateKey));

        SigningKeys keys = SigningKeys.open(keys());

        assertThat(HexFormat.of().formatHex(keys.sign(new byte[0])))
                .isEqualTo("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
                        + "cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(SigningKeys.verify(keys.publicKeyPem(), new byte[0], keys.sign(new byte[0])))
                .isTrue();
    }

    @Test
    @Needs("openssl")
    void openssl_verifies_what_was_signed() throws Exception {
        SigningKeys keys = SigningKeys.init(keys());
        Path message = Files.write(temporary.resolve("message"), MESSAGE);
        Path signature = Files.write(temporary.resolve("signature"), keys.sign(MESSAGE));

        assertThat(openssl(message, signature)).isZero();
        Files.writeString(message, "changed");
        assertThat(openssl(message, signature)).isNotZero();
    }

    private int openssl(Path message, Path signature) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        keys().resolve("evidence-key.pub.pem").toString(),
                        "-rawin",
                        "-in",
                        message.toString(),
                        "-sigfile",
                        signature.toString())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("openssl.log").toFile())
                .start()
                .waitFor();
    }

    @Test
    void never_overwrites_a_key() {
        String keyId = SigningKeys.init(keys()).keyId();

        assertThatThrownBy(() -> SigningKeys.init(keys()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("muster keys rotate");
        assertThat(SigningKeys.open(keys()).keyId()).isEqualTo(keyId);
    }

    @Test
    void says_how_to_make_a_key_when_there_is_none() {
        assertThatThrownBy(() -> SigningKeys.open(keys()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("`muster keys init --home " + keys().getParent() + "`");
    }

    @Test
    void refuses_a_key_that_others_can_read() throws IOException {
        SigningKeys.init(keys());
        Path file = keys().resolve("evidence-key.pem");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> SigningKeys.open(keys()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void names_a_damaged_key_without_showing_it() throws IOException {
        SigningKeys.init(keys());
        Path file = keys().resolve("evidence-key.pem");
        String pem = Files.readString(file);
        String body = pem.lines().skip(1).findFirst().orElseThrow();
        Files.writeString(file, pem.replace(body, body.substring(9)));

        assertThatThrownBy(() -> SigningKeys.open(keys()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("muster keys init")
                .hasMessageNotContaining(body.substring(30));
    }

    @Test
    void rotation_keeps_the_old_public_key() throws IOException {
        SigningKeys old = SigningKeys.init(keys());
        byte[] signature = old.sign(MESSAGE);

        Rotation rotation = old.rotate(NOW);

        assertThat(rotation.retired().keyId()).isEqualTo(old.keyId());
        assertThat(SigningKeys.open(keys()).keyId())
                .isEqualTo(rotation.current().keyId())
                .isNotEqualTo(old.keyId());
        assertThat(SigningKeys.publicKeys(keys()))
                .extracting(PublicKeyText::keyId)
                .containsExactlyInAnyOrder(old.keyId(), rotation.current().keyId());
        assertThat(SigningKeys.publicKeys(keys()))
                .filteredOn(key -> key.verifies(MESSAGE, signature))
                .hasSize(1);
    }

    @Test
    void demonstration_keys_say_so_wherever_they_are_read() {
        SigningKeys.initForDemonstration(keys());
        SigningKeys.init(temporary.resolve("real"));

        assertThat(SigningKeys.open(keys()).demonstration()).isTrue();
        assertThat(SigningKeys.publicKeys(keys()).get(0).demonstration()).isTrue();
        assertThat(SigningKeys.open(keys()).rotate(NOW).current().demonstration())
                .isTrue();
        assertThat(SigningKeys.open(temporary.resolve("real")).demonstration()).isFalse();
    }
}
