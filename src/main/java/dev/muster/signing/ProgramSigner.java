package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets a program sign, which may ask a key service: the message on its standard input, the signature on its output. */
final class ProgramSigner implements Signer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 4096;
    private static final int LONGEST_COMPLAINT = 400;

    private final KeySource.Program source;
    private final PublicKeyText publicKey;
    private final Duration patience;

    ProgramSigner(KeySource.Program source, PublicKeyText publicKey, Duration patience) {
        this.source = source;
        this.publicKey = publicKey;
        this.patience = patience;
    }

    static ProgramSigner open(KeySource.Program source) {
        try {
            PublicKeyText key = PublicKeyText.parse(KeyFiles.text(source.publicKey()))
                    .orElseThrow(() -> new IOException("no Ed25519 or P-256 key in PEM form"));
            return new ProgramSigner(source, key, PATIENCE);
        } catch (IOException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The public key of the program that signs cannot be read (" + unreadable + ")",
                            source.publicKey().toString(),
                            "Get the public key from the key service as PEM, and name its file as `publicKey`."),
                    unreadable);
        }
    }

    @Override
    public PublicKeyText publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        // Evidence must be signed also when its drill is being cancelled.
        boolean interrupted = Thread.interrupted();
        try {
            Path folder = Files.createTempDirectory("muster-signing");
            try {
                return KeySigner.checked(
                        signature(answer(message, folder), message), message, publicKey, source.toString());
            } finally {
                for (String name : List.of("message", "answer", "complaint")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw new CouldNotRun(problem("The program that signs could not be run (" + failed + ")"), failed);
        } catch (InterruptedException stopped) {
            interrupted = true;
            throw new CouldNotRun(problem("The program that signs was stopped with Muster"), stopped);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Files in place of pipes: whatever the program reads or writes first, neither side waits for the other. */
    private byte[] answer(byte[] message, Path folder) throws IOException, InterruptedException {
        Path input = Files.write(folder.resolve("message"), message);
        Path output = folder.resolve("answer");
        Path complaint = folder.resolve("complaint");
        Process process = new ProcessBuilder(source.command())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(complaint.toFile())
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CouldNotRun(
                        problem("The program that signs gave no answer within " + patience.toSeconds() + " s"));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = new String(start(complaint, LONGEST_COMPLAINT), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
            throw new CouldNotRun(problem("The program that signs ended with status " + process.exitValue()
                    + (said.isEmpty() ? " and said nothing" : ": " + said)));
        }
        return start(output, LONGEST_ANSWER);
    }

    private static byte[] start(Path file, int length) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(length);
        }
    }

    /** As it stands, or as base64. */
    private byte[] signature(byte[] answer, byte[] message) {
        return Optional.of(answer)
                .filter(raw -> !publicKey.verifies(message, raw))
                .flatMap(text -> base64(new String(text, StandardCharsets.US_ASCII)))
                .orElse(answer);
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Problem problem(String what) {
        return new Problem(
                what,
                source.toString(),
                "Run it by hand with a file on its standard input: within " + patience.toSeconds()
                        + " s it must write the signature to standard output, raw or as base64, and end with status"
                        + " 0.");
    }
}
