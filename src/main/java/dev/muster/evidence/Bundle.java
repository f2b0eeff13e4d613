package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.record.Section;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.SshSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a bundle in their order, and how they become one signed archive. */
final class Bundle {
    static final String INSTRUCTIONS = "README-VERIFY.txt";
    static final String DOCUMENT = "evidence.json";
    static final String REPORT = "report.html";
    static final String PAPER = "report.pdf";
    static final String OBSERVATIONS = "observations.jsonl";
    static final String LOG = "drill.log";
    static final String LEDGER = "ledger.jsonl";
    static final String CONSISTENCY = "ledger.consistency";
    static final String KEY = "key.pub.pem";
    static final String SSH_KEY = "key.ssh.pub";
    static final String LEDGER_KEY = "ledger-key.pub.pem";
    static final String TEST_RESULT = "test-result.json";
    static final String TEST_RESULT_SIGSTORE = "test-result.sigstore.json";
    static final String DIGESTS = "SHA256SUMS";
    static final String SSH_SIGNATURE = "SHA256SUMS.sig";
    static final String STATEMENT = "statement.json";
    static final String SIGNATURE = "statement.sig";
    static final String SIGSTORE = "statement.sigstore.json";

    /** What an authority said to the signature; outside of the statement, since it comes after it. */
    static final String TIMESTAMP = "statement.tsr";

    static final String TIMESTAMP_SIGNATURE = "statement.tsr.sig";

    /** What ssh calls the namespace of the signature over the digests. */
    static final String PURPOSE = "muster-evidence";

    private Bundle() {}

    static Map<String, byte[]> of(
            EvidenceDraft draft, LedgerProofs proofs, Signer signer, PublicKeyText ledgerKey, Section predicate) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(INSTRUCTIONS, instructions(INSTRUCTIONS, signer, draft.finished()));
        files.putAll(draft.files());
        files.put(LEDGER, ledger(draft.events()));
        draft.events()
                .forEach(event -> proofs.lines().stream()
                        .filter(proof -> proof.index() == event.sequence() - 1)
                        .forEach(proof -> files.put(proof(event.sequence()), utf8(proof.text()))));
        proofs.sinceBefore().ifPresent(step -> files.put(CONSISTENCY, utf8(step.text())));
        files.put(KEY, utf8(signer.publicKeyPem()));
        files.put(SSH_KEY, utf8(signer.publicKey().sshKey() + "\n"));
        if (!ledgerKey.keyId().equals(signer.keyId())) {
            files.put(LEDGER_KEY, utf8(ledgerKey.pem()));
        }
        byte[] result = files.getOrDefault(TEST_RESULT, new byte[0]);
        files.put(
                TEST_RESULT_SIGSTORE,
                Statement.sigstore(result, signer.sign(Statement.preAuthenticationEncoding(result)), signer.keyId()));
        byte[] digests = digests(files);
        files.put(DIGESTS, digests);
        files.put(SSH_SIGNATURE, utf8(SshSignature.sign(digests, PURPOSE, signer)));
        byte[] statement = Statement.of(files, predicate);
        files.put(STATEMENT, statement);
        byte[] signature = signer.sign(Statement.preAuthenticationEncoding(statement));
        files.put(SIGNATURE, signature);
        files.put(SIGSTORE, Statement.sigstore(statement, signature, signer.keyId()));
        return files;
    }

    /** The lines of these events, as the ledger has them. */
    static byte[] ledger(List<LedgerEvent> events) {
        return utf8(events.stream().map(event -> Ledger.line(event) + "\n").collect(Collectors.joining()));
    }

    /** The bundle of a drill. */
    static Path file(Path folder, String drill) {
        return folder.resolve("drill-" + drill + ".zip");
    }

    /** The file that proves that the event of this number stands in the ledger. */
    static String proof(long sequence) {
        return "ledger-" + sequence + ".tlog-proof";
    }

    /** The list of the files' digests, as sha256sum reads it. */
    static byte[] digests(Map<String, byte[]> files) {
        return utf8(files.entrySet().stream()
                .map(file -> Statement.sha256(file.getValue()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining()));
    }

    /** How to verify without Muster, for whoever has the archive alone. */
    static byte[] instructions(String resource, Signer signer, Instant concluded) {
        try (InputStream text = Bundle.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is not part of this program");
            }
            String instructions = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            return utf8(SigningInstructions.in(instructions, signer, concluded));
        } catch (IOException failed) {
            throw new IllegalStateException(resource + " cannot be read from this program", failed);
        }
    }

    /** Puts the archive where evidence is kept, whole or not at all, and never over another one. */
    static Path store(byte[] archive, Path folder, String drill) {
        Path file = file(folder, drill);
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, ".drill-", ".unfinished");
            try {
                try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(archive);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                return Files.move(unfinished, file);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The evidence could not be written (" + failed + ")",
                            file.toString(),
                            "Make the folder writable for the user who runs Muster, with room on its disk; evidence"
                                    + " that is there already is never overwritten."),
                    failed);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
