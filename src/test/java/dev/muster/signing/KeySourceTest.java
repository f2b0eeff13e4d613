package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that others made and look after. */
@Needs("openssl")
class KeySourceTest {
    private static final byte[] MESSAGE = "everyone to the boats".getBytes(UTF_8);
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path folder;

    @Test
    void a_pem_file_of_either_kind_signs() throws Exception {
        for (OpensslKey key :
                List.of(OpensslKey.p256(folder.resolve("p256")), OpensslKey.ed25519(folder.resolve("ed25519")))) {
            Signer signer = key.signer();

            assertThat(signer.keyId()).isEqualTo(key.publicKey().keyId());
            assertThat(key.publicKey().verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
        }
    }

    @Test
    void a_key_that_everybody_can_read_is_refused_and_one_that_a_group_can_read_is_not() throws Exception {
        OpensslKey key = OpensslKey.ed25519(folder);
        assertThat(key.signer().keyId()).hasSize(64);

        Files.setPosixFilePermissions(key.pem(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(key::signer)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("chmod o-rwx " + key.pem())
                .hasMessageContaining("defaultMode: 0440");
    }

    @Test
    void what_is_no_key_that_can_be_used_is_told_with_a_way_out() throws Exception {
        assertThatThrownBy(new KeySource.Pem(folder.resolve("none.pem"))::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("none.pem");

        OpensslKey rsa = OpensslKey.of(folder.resolve("rsa"), "rsa:2048");
        assertThatThrownBy(rsa::signer).isInstanceOf(CouldNotRun.class).hasMessageContaining("Ed25519 or P-256");
        OpensslKey otherCurve = OpensslKey.of(folder.resolve("p384"), "ec", "-pkeyopt", "ec_paramgen_curve:P-384");
        assertThatThrownBy(otherCurve::signer).isInstanceOf(CouldNotRun.class).hasMessageContaining("P-256");

        Files.writeString(rsa.pem(), "-----BEGIN EC PRIVATE KEY-----\n");
        assertThatThrownBy(rsa::signer)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void a_pkcs12_store_signs_for_as_long_as_its_certificate_says() throws Exception {
        for (OpensslKey key :
                List.of(OpensslKey.p256(folder.resolve("p256")), OpensslKey.ed25519(folder.resolve("ed25519")))) {
            Signer signer =
                    pkcs12(key.pkcs12(PASSWORD), PASSWORD, Optional.empty()).open();

            assertThat(key.publicKey().verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
            assertThat(signer.publicKey().validity().includes(Instant.now())).isTrue();
            assertThat(signer.publicKey().validity().includes(Instant.now().plus(Duration.ofDays(31))))
                    .isFalse();
            assertThat(PublicKeyText.parse(signer.publicKeyPem())).contains(signer.publicKey());
        }
    }

    @Test
    void a_wrong_password_or_name_is_told_and_no_password_is_shown() throws Exception {
        Path store = OpensslKey.p256(folder).pkcs12(PASSWORD);

        assertThatThrownBy(pkcs12(store, "battery-staple", Optional.empty())::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(store.toString())
                .hasMessageContaining("`password`")
                .hasMessageNotContaining("battery-staple");
        assertThatThrownBy(pkcs12(store, PASSWORD, Optional.of("ledger"))::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("There is no key ledger")
                .hasMessageContaining("are evidence")
                .hasMessageNotContaining(PASSWORD);
        assertThatThrownBy(pkcs12(folder.resolve("none.p12"), PASSWORD, Optional.empty())::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("none.p12");
    }

    private static KeySource pkcs12(Path file, String password, Optional<String> alias) {
        return new KeySource.Pkcs12(file, () -> new Secret(password), alias);
    }

    @Test
    void a_token_whose_library_is_away_is_told() {
        Path library = folder.resolve("libaway.so");

        assertThatThrownBy(
                        new KeySource.Pkcs11(library, OptionalLong.empty(), () -> new Secret("1234"), "evidence")::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(library.toString())
                .hasMessageContaining("`library`")
                .hasMessageNotContaining("1234");
    }

    @Test
    void a_program_signs_raw_or_in_base64() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        String sign = "openssl dgst -sha256 -sign " + key.pem();

        for (String command : List.of(sign, sign + " | openssl base64")) {
            Signer signer = program(key, command).open();

            assertThat(signer.keyId()).isEqualTo(key.publicKey().keyId());
            assertThat(key.publicKey().verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
        }
    }

    @Test
    void a_program_that_fails_is_told_with_what_it_said() throws Exception {
        Signer signer = program(OpensslKey.p256(folder), "echo access denied >&2; exit 3")
                .open();

        assertThatThrownBy(() -> signer.sign(MESSAGE))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("ended with status 3: access denied (program sh).")
                .hasMessageContaining("standard output");
    }

    @Test
    void a_program_that_signs_with_another_key_is_not_believed() throws Exception {
        OpensslKey other = OpensslKey.p256(folder.resolve("other"));
        Signer signer = program(OpensslKey.p256(folder), "openssl dgst -sha256 -sign " + other.pem())
                .open();

        assertThatThrownBy(() -> signer.sign(MESSAGE))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("not made with the private half");
    }

    @Test
    void a_program_that_hangs_is_ended_with_all_that_it_started() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        Path pid = folder.resolve("pid");
        KeySource.Program source = program(key, "sleep 600 & echo $! > " + pid + "; wait");
        Signer signer = new ProgramSigner(source, key.publicKey(), Duration.ofMillis(400));

        assertThatThrownBy(() -> signer.sign(MESSAGE))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("no answer within");
        Optional<ProcessHandle> sleeping =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        sleeping.ifPresent(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void a_program_that_is_not_there_is_told() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        String nowhere = folder.resolve("nowhere").toString();

        assertThatThrownBy(() -> new KeySource.Program(List.of(nowhere), key.publicPem())
                        .open()
                        .sign(MESSAGE))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(nowhere);
        assertThatThrownBy(new KeySource.Program(List.of("sh"), key.pem())::open)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("`publicKey`");
    }

    private static KeySource.Program program(OpensslKey key, String command) {
        return new KeySource.Program(List.of("sh", "-c", command), key.publicPem());
    }
}
