package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpKind;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.ledger.Ledger;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.signing.approver.Person;
import dev.muster.signing.timestamp.TimestampAuthority;
import dev.muster.signing.timestamp.TimestampServer;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampedBundleTest {
    @TempDir
    Path temporary;

    private TimestampServer server;
    private Path trust;
    private Path bundle;
    private Map<String, byte[]> files;

    @BeforeEach
    void writesABundle() throws Exception {
        server = new TimestampServer();
        trust = temporary.resolve("keys");
        SigningKeys keys = SigningKeys.init(trust);
        Path anchor = server.anchor(trust.resolve("tsa.pem"));
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.systemUTC());
        ledger.append(EventKind.PLANNED, Records.DRILL, Records.PLAN);
        Evidence evidence = new Evidence(new Templates(Optional.empty()), List::of);
        Sealed sealed = Evidence.seal(
                evidence.draft(Records.passed(), ledger.events(), keys.publicKey()),
                ledger.prove(ledger.events(), keys),
                keys,
                keys.publicKey(),
                Optional.of(new TimestampAuthority(server.settings(anchor))),
                temporary.resolve("evidence"));
        assertThat(sealed.untimed()).isEmpty();
        bundle = sealed.bundle();
        files = new LinkedHashMap<>(BundleFile.read(bundle).files());
    }

    @AfterEach
    void closes() {
        server.close();
    }

    private Verification verify() {
        return Evidence.verify(bundle, trust);
    }

    private Verification verifyWith(Map<String, byte[]> changed) throws IOException {
        Files.write(bundle, StoredZip.of(changed));
        return verify();
    }

    @Test
    void says_when_it_was_signed_and_who_says_so() {
        assertThat(verify().outcome()).as(verify().problems().toString()).isEqualTo(Outcome.VALID);
        assertThat(String.join("\n", verify().lines()))
                .containsPattern(
                        "It was signed before 20\\d\\d-\\S+Z: so says the timestamp authority CN=Clock of the harbour");
        assertThat(List.copyOf(files.keySet()))
                .endsWith("statement.sigstore.json", "statement.tsr", "statement.tsr.sig");
    }

    @Test
    void an_authority_that_is_not_trusted_is_named_and_breaks_nothing() throws Exception {
        Files.delete(trust.resolve("tsa.pem"));

        assertThat(verify().outcome()).isEqualTo(Outcome.VALID);
        assertThat(String.join("\n", verify().lines()))
                .contains("you do not trust its authority CN=Clock of the harbour");
    }

    @Test
    void every_changed_byte_of_the_timestamp_is_noticed() throws Exception {
        for (String name : List.of("statement.tsr", "statement.tsr.sig")) {
            byte[] content = files.getOrDefault(name, new byte[0]);
            for (int place = 0; place < content.length; place += 11) {
                byte[] changed = content.clone();
                changed[place] ^= 1;
                Map<String, byte[]> other = new LinkedHashMap<>(files);
                other.put(name, changed);
                assertThat(verifyWith(other).outcome())
                        .as(name + " byte " + place)
                        .isEqualTo(Outcome.INVALID);
            }
        }
    }

    @Test
    void half_of_a_timestamp_is_noticed_and_none_is_said() throws Exception {
        Map<String, byte[]> half = new LinkedHashMap<>(files);
        half.remove("statement.tsr.sig");
        assertThat(verifyWith(half).problems().toString()).contains("statement.tsr.sig");
        half = new LinkedHashMap<>(files);
        half.remove("statement.tsr");
        assertThat(verifyWith(half).outcome()).isEqualTo(Outcome.INVALID);
        half.remove("statement.tsr.sig");
        assertThat(verifyWith(half).outcome()).isEqualTo(Outcome.VALID);
        assertThat(verify().lines()).contains("No timestamp authority vouches in the bundle for when it was signed.");
    }

    @Test
    void the_timestamp_of_another_bundle_is_noticed() throws Exception {
        Map<String, byte[]> other = new LinkedHashMap<>(files);
        byte[] foreign = new TimestampAuthority(server.settings(trust.resolve("tsa.pem"))).stamp(new byte[64]);
        other.put("statement.tsr", foreign);
        other.put(
                "statement.tsr.sig", Bundle.utf8(SshSignature.sign(foreign, Bundle.PURPOSE, SigningKeys.open(trust))));

        assertThat(verifyWith(other).problems().toString()).contains("broken or belongs to another signature");
    }

    @Test
    @Needs("openssl")
    void the_step_of_the_instructions_finds_it_sound_and_another_authority_not() throws Exception {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(temporary.resolve(file.getKey()), file.getValue());
        }
        String step = Files.readAllLines(temporary.resolve("README-VERIFY.txt")).stream()
                .filter(line -> line.contains("openssl ts"))
                .findFirst()
                .orElseThrow();

        assertThat(follow(step, trust.resolve("tsa.pem"))).contains("Verification: OK");
        try (TimestampServer other = new TimestampServer()) {
            assertThat(follow(step, other.anchor(temporary.resolve("other.pem"))))
                    .contains("Verification: FAILED");
        }
    }

    @Test
    @Needs("ssh-keygen")
    void a_sign_off_or_timestamp_over_something_else_is_noticed_although_the_issuer_signed_it() throws Exception {
        Person lee = new Person(temporary.resolve("lee"), "-t", "ed25519");
        Path other = Files.writeString(temporary.resolve("other"), "another bundle");
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        FollowUp signedOff = FollowUps.beside(bundle)
                .add(
                        FollowUpKind.SIGN_OFF,
                        Map.of("by", "lee", "signature", Files.readString(lee.sign(other, "muster-sign-off"))),
                        SigningKeys.open(trust),
                        now);
        assertThat(verify().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(verify().problems().toString()).contains("The reviewer's signature is not one over this bundle");

        Files.delete(signedOff.file());
        byte[] foreign = new TimestampAuthority(server.settings(trust.resolve("tsa.pem"))).stamp(new byte[64]);
        FollowUps.beside(bundle)
                .add(
                        FollowUpKind.TIMESTAMP,
                        Map.of("token", Base64.getEncoder().encodeToString(foreign)),
                        SigningKeys.open(trust),
                        now);
        assertThat(verify().problems().toString()).contains("broken or belongs to another signature");
    }

    private String follow(String step, Path anchor) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", step)
                .directory(temporary.toFile())
                .redirectErrorStream(true);
        shell.environment().put("TSA", anchor.toString());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
