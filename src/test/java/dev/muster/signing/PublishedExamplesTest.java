package dev.muster.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others have signed, as their specifications and programs show it. */
class PublishedExamplesTest {
    @TempDir
    Path temporary;

    private static PublicKeyText key(KeyKind kind, byte[] point) {
        return PublicKeyText.parse(PemBlock.format("PUBLIC KEY", kind.ofPoint(point)))
                .orElseThrow();
    }

    private static byte[] bytes(String number) {
        byte[] bytes = new BigInteger(number).toByteArray();
        return bytes.length > 32
                ? Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length)
                : SshSignature.concatenated(new byte[32 - bytes.length], bytes);
    }

    /** The example in the protocol of DSSE: its encoding, and the signature over it. */
    @Test
    void opens_the_envelope_that_the_protocol_shows() {
        PublicKeyText key = key(
                KeyKind.P256,
                SshSignature.concatenated(
                        new byte[] {4},
                        bytes("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                        bytes("5640078356564379163099075877009565129882514886557779369047442380624545832820")));
        byte[] signature = Base64.getDecoder()
                .decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");
        // The example writes its two numbers one after the other, where we write DER.
        byte[] der = new EcdsaSignature(
                        new BigInteger(1, Arrays.copyOf(signature, 32)),
                        new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                .der();
        String envelope = """
                {"payload": "aGVsbG8gd29ybGQ=", "payloadType": "http://example.com/HelloWorld",
                 "signatures": [{"sig": "%s"}]}
                """.formatted(Base64.getEncoder().encodeToString(der));

        assertThat(key.verifies("DSSEv1 29 http://example.com/HelloWorld 11 hello world".getBytes(UTF_8), der))
                .isTrue();
        assertThat(Envelope.open("http://example.com/HelloWorld", envelope.getBytes(UTF_8), List.of(key)))
                .hasValueSatisfying(
                        opened -> assertThat(opened.payload()).asString(UTF_8).isEqualTo("hello world"));
        assertThat(Envelope.open("http://example.com/HelloMoon", envelope.getBytes(UTF_8), List.of(key)))
                .isEmpty();
    }

    /** The example of the library from which signed notes come. */
    @Test
    void believes_the_note_that_its_inventors_show() {
        String published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        byte[] encoded = Base64.getDecoder().decode(published.substring(published.lastIndexOf('+') + 1));
        PublicKeyText key = key(KeyKind.ED25519, Arrays.copyOfRange(encoded, 1, 33));
        String note = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;

        assertThat(key.noteKey("PeterNeumann")).isEqualTo(published);
        assertThat(SignedNote.parse(note).orElseThrow().signedBy("PeterNeumann", key))
                .isTrue();
        assertThat(SignedNote.parse(note.replace("don't", "do")).orElseThrow().signedBy("PeterNeumann", key))
                .isFalse();
    }

    @Test
    @Needs("ssh-keygen")
    void believes_what_ssh_has_signed_with_either_kind_of_key() throws Exception {
        Path message = Files.writeString(temporary.resolve("message"), "everyone to the boats\n");
        for (KeyKind kind : KeyKind.values()) {
            Path file = temporary.resolve(kind.name());
            String type = kind == KeyKind.ED25519 ? "ed25519" : "ecdsa";
            run("ssh-keygen", "-q", "-t", type, "-b", "256", "-N", "", "-f", file.toString());
            run("ssh-keygen", "-q", "-Y", "sign", "-n", "muster-evidence", "-f", file.toString(), message.toString());
            String line = Files.readString(Path.of(file + ".pub"));
            byte[] blob = Base64.getDecoder().decode(line.split(" ", -1)[1]);
            PublicKeyText key = key(kind, Arrays.copyOfRange(blob, blob.length - kind.pointBytes(), blob.length));
            String signature = Files.readString(Path.of(message + ".sig"));
            Files.delete(Path.of(message + ".sig"));

            assertThat(line).startsWith(key.sshKey());
            assertThat(SshSignature.verifies(Files.readAllBytes(message), "muster-evidence", key, signature))
                    .as(type)
                    .isTrue();
            assertThat(SshSignature.verifies(Files.readAllBytes(message), "git", key, signature))
                    .isFalse();
            assertThat(SshSignature.verifies(new byte[0], "muster-evidence", key, signature))
                    .isFalse();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
