package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever takes the one kind of key takes the other. */
class P256Test {
    private static final byte[] MESSAGE = "everyone to the boats".getBytes(UTF_8);

    @TempDir
    Path folder;

    /** The key and the signature over "sample" with SHA-256 of RFC 6979, appendix A.2.5. */
    @Test
    void verifies_as_the_standard_says() {
        byte[] point = HexFormat.of()
                .parseHex("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
        PublicKeyText key = PublicKeyText.parse(PemBlock.format("PUBLIC KEY", KeyKind.P256.ofPoint(point)))
                .orElseThrow();
        EcdsaSignature signature = new EcdsaSignature(
                new BigInteger("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", 16),
                new BigInteger("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8", 16));

        assertThat(key.kind()).isEqualTo(KeyKind.P256);
        assertThat(key.verifies("sample".getBytes(UTF_8), signature.der())).isTrue();
        assertThat(key.verifies("test".getBytes(UTF_8), signature.der())).isFalse();
    }

    @Test
    @Needs("openssl")
    void a_signature_that_is_written_in_another_way_is_none() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        byte[] signature = key.signer().sign(MESSAGE);

        assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
        assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        assertThat(key.publicKey().verifies(MESSAGE, Arrays.copyOf(signature, 20)))
                .isFalse();
        assertThat(key.publicKey().verifies(MESSAGE, new byte[0])).isFalse();
    }

    @Test
    @Needs({"openssl", "ssh-keygen"})
    void ssh_verifies_what_either_kind_has_signed() throws Exception {
        for (OpensslKey key :
                List.of(OpensslKey.p256(folder.resolve("p256")), OpensslKey.ed25519(folder.resolve("ed25519")))) {
            String signature = SshSignature.sign(MESSAGE, "muster-evidence", key.signer());

            assertThat(ssh(key, signature, MESSAGE)).isZero();
            assertThat(ssh(key, signature, "changed".getBytes(UTF_8))).isNotZero();
            assertThat(SshSignature.verifies(MESSAGE, "muster-evidence", key.publicKey(), signature))
                    .isTrue();
            assertThat(SshSignature.verifies(MESSAGE, "git", key.publicKey(), signature))
                    .isFalse();
        }
    }

    @Test
    @Needs("openssl")
    void each_change_to_a_signature_for_ssh_is_noticed() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        String signature = SshSignature.sign(MESSAGE, "muster-evidence", key.signer());
        byte[] blob = Base64.getMimeDecoder()
                .decode(signature.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat));

        for (int position = 0; position < blob.length; position++) {
            byte[] changed = blob.clone();
            changed[position] ^= 1;
            String armoured = "-----BEGIN SSH SIGNATURE-----\n"
                    + Base64.getMimeEncoder(70, "\n".getBytes(UTF_8)).encodeToString(changed)
                    + "\n-----END SSH SIGNATURE-----\n";
            assertThat(SshSignature.verifies(MESSAGE, "muster-evidence", key.publicKey(), armoured))
                    .as("byte " + position)
                    .isFalse();
        }
    }

    @Test
    @Needs("openssl")
    void a_note_hints_at_the_key_by_the_digest_of_the_key_alone() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);

        SignedNote note = SignedNote.parse(
                        SignedNote.sign("one\n", "ledger", key.signer()).format())
                .orElseThrow();

        assertThat(note.signedBy("ledger", key.publicKey())).isTrue();
        assertThat(note.signedBy(
                        "ledger", OpensslKey.p256(folder.resolve("other")).publicKey()))
                .isFalse();
        String hint = key.publicKey().keyId().substring(0, 8);
        assertThat(key.publicKey().noteKey("ledger")).startsWith("ledger+" + hint + "+AjBZ");
    }

    @Test
    @Needs("openssl")
    void an_envelope_is_opened_again() throws Exception {
        OpensslKey key = OpensslKey.p256(folder);
        byte[] sealed = Envelope.seal("text/plain", MESSAGE, key.signer());

        assertThat(Envelope.open("text/plain", sealed, List.of(key.publicKey())))
                .hasValueSatisfying(envelope -> assertThat(envelope.payload()).isEqualTo(MESSAGE));
    }

    private int ssh(OpensslKey key, String signature, byte[] message) throws IOException, InterruptedException {
        Path allowed = Files.writeString(
                folder.resolve("allowed"), "issuer " + key.publicKey().sshKey() + "\n");
        Path file = Files.writeString(folder.resolve("message.sig"), signature);
        return new ProcessBuilder(
                        "ssh-keygen",
                        "-Y",
                        "verify",
                        "-f",
                        allowed.toString(),
                        "-I",
                        "issuer",
                        "-n",
                        "muster-evidence",
                        "-s",
                        file.toString())
                .redirectInput(Files.write(folder.resolve("message"), message).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ssh.log").toFile())
                .start()
                .waitFor();
    }
}
