package dev.muster.evidence.bundle;

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
public final class Bundle {
    public static final String INSTRUCTIONS = "README-VERIFY.txt";
    public static final String DOCUMENT = "evidence.json";
    public static final String REPORT = "report.html";
    public static final String PAPER = "report.pdf";
    public static final String OBSERVATIONS = "observations.jsonl";
    public static final String LOG = "drill.log";
    public static final String LEDGER = "ledger.jsonl";
    public static final String CONSISTENCY = "ledger.consistency";
    public static final String KEY = "key.pub.pem";
    public static final String SSH_KEY = "key.ssh.pub";
    public static final String LEDGER_KEY = "ledger-key.pub.pem";
    public static final String TEST_RESULT = "test-result.json";
    public static final String TEST_RESULT_SIGSTORE = "test-result.sigstore.json";
    public static final String DIGESTS = "SHA256SUMS";
    public static final String SSH_SIGNATURE = "SHA256SUMS.sig";
    public static final String STATEMENT = "statement.json";
    public static final String SIGNATURE = "statement.sig";
    public static final String SIGSTORE = "statement.sigstore.json";

    /** What an authority said to the signature; outside of the statement, since it comes after it. */
    public static final String TIMESTAMP = "statement.tsr";

    public static final String TIMESTAMP_SIGNATURE = "statement.tsr.sig";

    /** What ssh calls the namespace of the signature over the digests. */
    public static final String PURPOSE = "muster-evidence";

    /** Where the texts of instructions lie in this program. */
    private static final String TEXTS = "/dev/muster/evidence/";

    private Bundle() {}

    /**
     * Everything that a bundle holds, signed.
     *
     * @param told what the drill has to say, by file and in order
     * @param events the ledger lines that go along
     * @param concluded when the drill was over
     * @param predicate what the statement says beside the digests
     */
    public static Map<String, byte[]> of(
            Map<String, byte[]> told,
            List<LedgerEvent> events,
            Instant concluded,
            LedgerProofs proofs,
            Signer signer,
            PublicKeyText ledgerKey,
            Section predicate) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(INSTRUCTIONS, instructions(INSTRUCTIONS, signer, concluded));
        files.putAll(told);
        files.put(LEDGER, ledger(events));
        events.forEach(event -> proofs.lines().stream()
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
    public static byte[] ledger(List<LedgerEvent> events) {
        return utf8(events.stream().map(event -> Ledger.line(event) + "\n").collect(Collectors.joining()));
    }

    /** The bundle of a drill. */
    public static Path file(Path folder, String drill) {
        return folder.resolve("drill-" + drill + ".zip");
    }

    /** The file that proves that the event of this number stands in the ledger. */
    static String proof(long sequence) {
        return "ledger-" + sequence + ".tlog-proof";
    }

    /** The list of the files' digests, as sha256sum reads it. */
    public static byte[] digests(Map<String, byte[]> files) {
        return utf8(files.entrySet().stream()
                .map(file -> Statement.sha256(file.getValue()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining()));
    }

    /** How to verify without Muster, for whoever has the archive alone. */
    public static byte[] instructions(String resource, Signer signer, Instant concluded) {
        try (InputStream text = Bundle.class.getResourceAsStream(TEXTS + resource)) {
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
    public static Path store(byte[] archive, Path folder, String drill) {
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

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
