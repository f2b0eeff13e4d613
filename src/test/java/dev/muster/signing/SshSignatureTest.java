package dev.muster.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshSignatureTest {
    private static final byte[] MESSAGE = "what was found\n".getBytes(StandardCharsets.UTF_8);
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
    private static final String END = "\n-----END SSH SIGNATURE-----\n";

    @TempDir
    Path folder;

    private SigningKeys keys;

    @BeforeEach
    void make_keys() {
        keys = SigningKeys.init(folder.resolve("keys"));
    }

    @Test
    void holds_for_its_message_its_purpose_and_its_key_alone() {
        String signature = SshSignature.sign(MESSAGE, "letters", keys);

        assertThat(verifies("letters", signature)).isTrue();
        assertThat(verifies("orders", signature)).isFalse();
        assertThat(SshSignature.verifies(new byte[0], "letters", keys.publicKey(), signature))
                .isFalse();
        PublicKeyText other = SigningKeys.init(folder.resolve("other")).publicKey();
        assertThat(SshSignature.verifies(MESSAGE, "letters", other, signature)).isFalse();
    }

    /** The purpose stands twice: where it can be read, and under the signature. */
    @Test
    void another_purpose_that_is_written_over_the_one_that_was_signed_is_noticed() {
        String renamed = pack(new String(blob("letters"), StandardCharsets.ISO_8859_1)
                .replace("letters", "numbers")
                .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(verifies("numbers", renamed)).isFalse();
        assertThat(verifies("letters", renamed)).isFalse();
    }

    @Test
    void every_byte_counts_even_those_that_are_not_signed() {
        byte[] blob = blob("letters");
        for (int position = 0; position < blob.length; position++) {
            byte[] changed = blob.clone();
            changed[position] ^= 1;
            assertThat(verifies("letters", pack(changed)))
                    .as("byte " + position + " of " + blob.length)
                    .isFalse();
        }
        assertThat(verifies("letters", pack(Arrays.copyOf(blob, blob.length + 1))))
                .isFalse();
        assertThat(verifies("letters", pack(Arrays.copyOf(blob, 10)))).isFalse();
    }

    @Test
    @Needs("ssh-keygen")
    void ssh_takes_a_signature_for_whatever_purpose_it_was_made() throws Exception {
        Path signers = Files.writeString(
                folder.resolve("signers"), "issuer " + keys.publicKey().sshKey() + "\n");
        Path signature = Files.writeString(folder.resolve("letter.sig"), SshSignature.sign(MESSAGE, "letters", keys));

        assertThat(ssh(signers, signature, "letters")).isZero();
        assertThat(ssh(signers, signature, "orders")).isNotZero();
    }

    private int ssh(Path signers, Path signature, String purpose) throws Exception {
        Process program = new ProcessBuilder(
                        "ssh-keygen",
                        "-Y",
                        "verify",
                        "-f",
                        signers.toString(),
                        "-I",
                        "issuer",
                        "-n",
                        purpose,
                        "-s",
                        signature.toString())
                .redirectInput(Files.write(folder.resolve("letter"), MESSAGE).toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return program.waitFor();
    }

    private boolean verifies(String purpose, String signature) {
        return SshSignature.verifies(MESSAGE, purpose, keys.publicKey(), signature);
    }

    private byte[] blob(String purpose) {
        String armoured = SshSignature.sign(MESSAGE, purpose, keys);
        return Base64.getMimeDecoder().decode(armoured.substring(BEGIN.length(), armoured.length() - END.length()));
    }

    private static String pack(byte[] blob) {
        return BEGIN + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob) + END;
    }
}
