package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Ledger;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows README-VERIFY.txt to the letter, with the tools that it names. */
@Needs({"openssl", "sha256sum", "ssh-keygen", "pdfsig"})
class InstructionsTest {
    @TempDir
    Path temporary;

    private Path unpacked;
    private SigningKeys keys;

    @BeforeEach
    void unpacksABundle() throws Exception {
        keys = SigningKeys.init(temporary.resolve("keys"));
        unpackedBundle(keys);
    }

    private void unpackedBundle(Signer signer) throws Exception {
        Ledger ledger = Ledger.open(temporary.resolve("ledger-" + signer.keyId()), Clock.systemUTC());
        ledger.append(EventKind.PLANNED, Records.DRILL, Records.PLAN);
        DocumentKey documents = DocumentKey.in(temporary.resolve("documents"), false, Clock.systemUTC());
        Path bundle = new Evidence(
                        new Report(new Templates(Optional.empty()), Presentation.USUAL),
                        key -> Optional.of(documents),
                        List::of)
                .write(
                        Records.passed(),
                        ledger.events(),
                        ledger.prove(ledger.events(), signer),
                        signer,
                        signer.publicKey(),
                        temporary.resolve("evidence-" + signer.keyId()));
        unpacked = Files.createDirectories(temporary.resolve("unpacked-" + signer.keyId()));
        for (Map.Entry<String, byte[]> file : BundleFile.read(bundle).files().entrySet()) {
            Files.write(unpacked.resolve(file.getKey()), file.getValue());
        }
    }

    /** How each step ended, by its number. */
    private record Followed(Map<Integer, Integer> exits, String output) {
        List<Integer> noticed() {
            return exits.entrySet().stream()
                    .filter(step -> step.getValue() != 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private Map<Integer, List<String>> steps() throws IOException {
        Map<Integer, List<String>> steps = new TreeMap<>();
        int step = 0;
        for (String line : Files.readAllLines(unpacked.resolve("README-VERIFY.txt"))) {
            if (line.matches("\\d+\\. .*")) {
                step = Integer.parseInt(line.substring(0, line.indexOf('.')));
            } else if (line.matches("\\S.*")) {
                step = 0;
            } else if (line.matches(" {4}\\S.*")) {
                assertThat(step)
                        .as("the step of which this is a command: " + line)
                        .isPositive();
                steps.computeIfAbsent(step, number -> new ArrayList<>()).add(line.strip());
            }
        }
        return steps;
    }

    /** Runs whatever is indented in the text, so that no step can be written that was never tried. */
    private Followed follow(Path key) throws IOException, InterruptedException {
        Map<Integer, Integer> exits = new TreeMap<>();
        StringBuilder output = new StringBuilder();
        for (Map.Entry<Integer, List<String>> step : steps().entrySet()) {
            ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", String.join("\n", step.getValue()))
                    .directory(unpacked.toFile())
                    .redirectErrorStream(true);
            shell.environment().put("KEY", key.toString());
            shell.environment()
                    .put(
                            "SSH_KEY",
                            PublicKeyText.parse(Files.readString(key))
                                    .orElseThrow()
                                    .sshKey());
            Process process = shell.start();
            output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            exits.put(step.getKey(), process.waitFor());
        }
        return new Followed(exits, output.toString());
    }

    private Path publicKey() {
        return temporary.resolve("keys/evidence-key.pub.pem");
    }

    @Test
    void the_steps_find_a_sound_bundle_sound() throws Exception {
        Followed followed = follow(publicKey());

        assertThat(followed.noticed()).as(followed.output()).isEmpty();
        assertThat(followed.exits().keySet()).contains(1, 2, 3, 4, 5);
        assertThat(followed.output())
                .contains("evidence.json: OK", "report.html: OK", "ledger.jsonl: OK", "key.pub.pem: OK")
                .contains(keys.keyId())
                .contains("Signature Verified Successfully")
                .contains("Good \"muster-evidence\" signature for issuer")
                .contains("report.pdf is whole and signed");
        assertThat(Files.readString(unpacked.resolve("README-VERIFY.txt"))).contains(keys.keyId());
    }

    @Test
    void the_steps_are_those_for_the_kind_and_the_time_of_the_key() throws Exception {
        Instant finished = Records.passed().finished();
        Signer signer = EvidenceKeys.p256(
                temporary.resolve("p256"), "Valid until: " + finished.plus(Duration.ofDays(1)) + "\n");
        unpackedBundle(signer);
        Path key = Files.writeString(temporary.resolve("p256.pub.pem"), signer.publicKeyPem());

        Followed followed = follow(key);

        assertThat(followed.noticed()).as(followed.output()).isEmpty();
        assertThat(followed.output())
                .contains("Verified OK")
                .contains("Good \"muster-evidence\" signature for issuer with ECDSA key");
    }

    @Test
    void ssh_does_not_take_a_bundle_from_after_the_end_of_its_key() throws Exception {
        unpackedBundle(EvidenceKeys.p256(
                temporary.resolve("p256"),
                "Valid until: " + Records.passed().finished().minusSeconds(1) + "\n"));

        Followed followed = follow(Files.writeString(
                temporary.resolve("p256.pub.pem"), Files.readString(unpacked.resolve("key.pub.pem"))));

        assertThat(followed.noticed()).containsExactly(5);
        assertThat(followed.output()).contains("Verified OK").doesNotContain("Good \"");
    }

    @Test
    void the_steps_notice_a_changed_file() throws Exception {
        Path report = unpacked.resolve("report.html");
        Files.writeString(report, Files.readString(report).replace("✓ Passed", "✓ Parsed"));

        assertThat(follow(publicKey()).noticed()).containsExactly(1);
    }

    @Test
    void the_steps_notice_what_was_added_to_the_signed_pages() throws Exception {
        Files.writeString(unpacked.resolve("report.pdf"), " ", StandardOpenOption.APPEND);

        assertThat(follow(publicKey()).noticed()).containsExactly(1, 7);
    }

    @Test
    void the_steps_notice_an_added_file() throws Exception {
        Files.writeString(unpacked.resolve("note.txt"), "All was well.");

        Followed followed = follow(publicKey());

        assertThat(followed.noticed()).containsExactly(1);
        assertThat(followed.output()).contains("added: note.txt");
    }

    @Test
    void the_steps_notice_a_changed_list() throws Exception {
        Path list = unpacked.resolve("SHA256SUMS");
        Files.write(list, Files.readAllLines(list).subList(1, 5));

        assertThat(follow(publicKey()).noticed()).containsExactly(1, 2, 5);
    }

    @Test
    void the_steps_notice_a_changed_statement() throws Exception {
        Path statement = unpacked.resolve("statement.json");
        Files.writeString(statement, Files.readString(statement).replace("PASSED", "FAILED"));

        assertThat(follow(publicKey()).noticed()).containsExactly(4);
    }

    @Test
    void the_steps_notice_another_key() throws Exception {
        SigningKeys.init(temporary.resolve("others"));

        assertThat(follow(temporary.resolve("others/evidence-key.pub.pem")).noticed())
                .containsExactly(4, 5);
    }

    @Test
    void ssh_notices_a_signature_for_another_purpose() throws Exception {
        byte[] list = Files.readAllBytes(unpacked.resolve("SHA256SUMS"));
        Files.writeString(unpacked.resolve("SHA256SUMS.sig"), SshSignature.sign(list, "git", keys));

        Followed followed = follow(publicKey());

        assertThat(followed.noticed()).containsExactly(5);
        assertThat(followed.output())
                .contains("Signature Verified Successfully")
                .doesNotContain("Good \"");
    }
}
