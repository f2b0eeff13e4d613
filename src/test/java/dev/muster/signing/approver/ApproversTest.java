package dev.muster.signing.approver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.Needs;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Needs("ssh-keygen")
class ApproversTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final byte[] MESSAGE = "name: odoo-monthly\n".getBytes(UTF_8);

    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void writes() throws Exception {
        file = Files.write(temporary.resolve("runbook.yaml"), MESSAGE);
    }

    private Approvers approvers(String... lines) throws Exception {
        return Approvers.read(Files.writeString(temporary.resolve("approvers"), String.join("\n", lines)));
    }

    private Attestation attest(Approvers approvers, Path signature) throws Exception {
        return approvers.attest(MESSAGE, "muster-approval", Files.readString(signature), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 2048"})
    void knows_who_signed_with_each_kind_of_key(String kind) throws Exception {
        Person kim = new Person(temporary.resolve("kim"), kind.split(" ", -1));
        Attestation attestation = attest(
                approvers(
                        "# those who may",
                        "",
                        "kim@example.com,kim namespaces=\"muster-*\",valid-after=\"20260101\","
                                + "valid-before=20270101Z " + kim.publicKey()),
                kim.sign(file, "muster-approval"));

        assertThat(attestation.flaw()).isEmpty();
        assertThat(attestation.person()).contains("kim@example.com");
        assertThat(attestation.key().orElseThrow().fingerprint())
                .startsWith("SHA256:")
                .hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 2048"})
    void says_that_a_signature_is_over_something_else(String kind) throws Exception {
        Person kim = new Person(temporary.resolve("kim"), kind.split(" ", -1));
        Path signature = kim.sign(Files.writeString(file, "changed since"), "muster-approval");

        assertThat(attest(approvers("kim " + kim.publicKey()), signature).flaw())
                .contains("it was made over something else");
    }

    @Test
    void says_why_a_signature_does_not_count() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        Person lee = new Person(temporary.resolve("lee"), "-t", "ed25519");
        Path signature = kim.sign(file, "muster-approval");

        assertThat(attest(approvers("lee " + lee.publicKey()), signature).flaw().orElseThrow())
                .matches("its key SHA256:\\S+ is not among the approvers");
        assertThat(attest(approvers("kim namespaces=git " + kim.publicKey()), signature)
                        .flaw())
                .contains("its key may not sign for muster-approval");
        assertThat(attest(approvers("kim valid-before=20261121Z " + kim.publicKey()), signature)
                        .flaw())
                .contains("its key was valid until 2026-11-21T00:00:00Z only");
        assertThat(attest(approvers("kim valid-after=202611211300Z " + kim.publicKey()), signature)
                        .flaw())
                .contains("its key is valid from 2026-11-21T13:00:00Z on only");
        assertThat(attest(approvers("kim " + kim.publicKey()), kim.sign(file, "git"))
                        .flaw())
                .contains("it was made for git and not for muster-approval");
        assertThat(attest(approvers("kim " + kim.publicKey()), file).flaw())
                .contains("it is no signature by ssh-keygen -Y sign");
        assertThat(Approvers.none()
                        .attest(MESSAGE, "muster-approval", Files.readString(signature), NOW)
                        .holds())
                .isFalse();
    }

    @Test
    void one_changed_byte_of_a_signature_is_noticed_wherever_it_is() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        Approvers approvers = approvers("kim " + kim.publicKey());
        String armoured = Files.readString(kim.sign(file, "muster-approval"));
        int begin = armoured.indexOf('\n') + 1;
        int end = armoured.lastIndexOf("\n-----");
        byte[] blob = Base64.getMimeDecoder().decode(armoured.substring(begin, end));
        for (int place = 0; place < blob.length; place++) {
            byte[] changed = blob.clone();
            changed[place] ^= 1;
            String other = armoured.substring(0, begin)
                    + Base64.getEncoder().encodeToString(changed)
                    + armoured.substring(end);
            assertThat(approvers.attest(MESSAGE, "muster-approval", other, NOW).holds())
                    .as("byte " + place)
                    .isFalse();
        }
    }

    @Test
    void a_signature_with_something_after_its_end_does_not_count() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        String armoured = Files.readString(kim.sign(file, "muster-approval"));
        int begin = armoured.indexOf('\n') + 1;
        int end = armoured.lastIndexOf("\n-----");
        byte[] blob = Base64.getMimeDecoder().decode(armoured.substring(begin, end));
        // The last field is the signature: a name of 11 bytes and 64 bytes, each with its length before.
        int length = 4 + 11 + 4 + 64;
        byte[] longer = ByteBuffer.allocate(blob.length + 1)
                .put(blob)
                .putInt(blob.length - length - 4, length + 1)
                .array();

        assertThat(approvers("kim " + kim.publicKey())
                        .attest(
                                MESSAGE,
                                "muster-approval",
                                armoured.substring(0, begin)
                                        + Base64.getEncoder().encodeToString(longer)
                                        + armoured.substring(end),
                                NOW)
                        .flaw())
                .contains("it was made over something else");
    }

    @Test
    void a_name_may_be_a_pattern_and_one_may_be_left_out() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        Approvers approvers = approvers("\"*@example.com,!lee@example.com\" " + kim.publicKey());
        PersonalKey key =
                attest(approvers, kim.sign(file, "muster-approval")).key().orElseThrow();

        assertThat(approvers.holds("kim@example.com", key)).isTrue();
        assertThat(approvers.holds("lee@example.com", key)).isFalse();
        assertThat(approvers.holds("kim@elsewhere.org", key)).isFalse();
    }

    @Test
    void a_line_that_cannot_be_used_is_named() throws Exception {
        Person kim = new Person(temporary.resolve("kim"), "-t", "ed25519");
        String key = kim.publicKey();
        for (String[] wrong : new String[][] {
            {"kim cert-authority " + key, "cert-authority is not supported"},
            {"kim no-touch-required " + key, "there is no option no-touch-required"},
            {"kim valid-before=tomorrow " + key, "a time is not written as YYYYMMDD[HHMM[SS]][Z]: tomorrow"},
            {"kim ssh-ed25519 AAAA", "there is no key that can be used"},
            {key, "it is not `NAME [OPTIONS] KIND-OF-KEY KEY`"},
            {"\"kim " + key, "a quotation mark is not closed"}
        }) {
            assertThatThrownBy(() -> approvers("# first", wrong[0]))
                    .hasMessageContaining(wrong[1])
                    .hasMessageContaining("approvers:2");
        }
        assertThatThrownBy(() -> Approvers.read(temporary.resolve("missing"))).hasMessageContaining("`approvers`");
    }
}
