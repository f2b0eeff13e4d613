package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.ledger.Ledger;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.SshSignature;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows README-VERIFY.txt to the letter, with the tools that it names. */
@Needs({"openssl", "sha256sum", "ssh-keygen"})
class InstructionsTest {
    @TempDir
    Path temporary;

    private Path unpacked;
    private SigningKeys keys;

    @BeforeEach
    void unpacksABundle() throws Exception {
        keys = SigningKeys.init(temporary.resolve("keys"));
        Ledger ledger = Ledger.open(temporary.resolve("ledger"), Clock.systemUTC());
        ledger.append(EventKind.PLANNED, Records.DRILL, Records.PLAN);
        Path bundle = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.passed(),
                        ledger.events(),
                        ledger.prove(ledger.events(), keys),
                        keys,
                        temporary.resolve("evidence"));
        unpacked = Files.createDirectories(temporary.resolve("unpacked"));
        for (Map.Entry<String, byte[]> file : BundleFile.read(bundle).files().entrySet()) {
            Files.write(unpacked.resolve(file.getKey()), file.getValue());
        }
    }

    private record Followed(int exit, String output) {}

    private Followed follow(Path key) throws IOException, InterruptedException {
        String commands = Files.readAllLines(unpacked.resolve("README-VERIFY.txt")).stream()
                .filter(line -> line.matches(" {4}\\S.*"))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        assertThat(commands.lines()).hasSize(8);
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(unpacked.toFile())
                .redirectErrorStream(true);
        shell.environment().put("KEY", key.toString());
        shell.environment()
                .put(
                        "SSH_KEY",
                        PublicKeyText.parse(Files.readString(key)).orElseThrow().sshKey());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Followed(process.waitFor(), output);
    }

    private Path publicKey() {
        return temporary.resolve("keys/evidence-key.pub.pem");
    }

    @Test
    void the_steps_find_a_sound_bundle_sound() throws Exception {
        Followed followed = follow(publicKey());

        assertThat(followed.exit()).as(followed.output()).isZero();
        assertThat(followed.output())
                .contains("evidence.json: OK", "report.html: OK", "ledger.jsonl: OK", "key.pub.pem: OK")
                .contains(keys.keyId())
                .contains("Signature Verified Successfully")
                .contains("Good \"muster-evidence\" signature for issuer");
        assertThat(Files.readString(unpacked.resolve("README-VERIFY.txt"))).contains(keys.keyId());
    }

    @Test
    void the_steps_notice_a_changed_file() throws Exception {
        Path report = unpacked.resolve("report.html");
        Files.writeString(report, Files.readString(report).replace("✓ Passed", "✓ Parsed"));

        assertThat(follow(publicKey()).exit()).isNotZero();
    }

    @Test
    void the_steps_notice_a_changed_list() throws Exception {
        Path list = unpacked.resolve("SHA256SUMS");
        Files.write(list, Files.readAllLines(list).subList(1, 5));

        assertThat(follow(publicKey()).exit()).isNotZero();
    }

    @Test
    void the_steps_notice_a_changed_statement() throws Exception {
        Path statement = unpacked.resolve("statement.json");
        Files.writeString(statement, Files.readString(statement).replace("PASSED", "FAILED"));

        assertThat(follow(publicKey()).exit()).isNotZero();
    }

    @Test
    void the_steps_notice_another_key() throws Exception {
        SigningKeys.init(temporary.resolve("others"));

        assertThat(follow(temporary.resolve("others/evidence-key.pub.pem")).exit())
                .isNotZero();
    }

    @Test
    void ssh_notices_a_signature_for_another_purpose() throws Exception {
        byte[] list = Files.readAllBytes(unpacked.resolve("SHA256SUMS"));
        Files.writeString(unpacked.resolve("SHA256SUMS.sig"), SshSignature.sign(list, "git", keys));

        Followed followed = follow(publicKey());

        assertThat(followed.exit()).isNotZero();
        assertThat(followed.output())
                .contains("Signature Verified Successfully")
                .doesNotContain("Good \"");
    }
}
