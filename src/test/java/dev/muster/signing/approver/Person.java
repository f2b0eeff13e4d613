package dev.muster.signing.approver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody with an SSH key of their own, who signs with the real {@code ssh-keygen}. */
public final class Person {
    private final Path key;

    /** @param kind what {@code ssh-keygen} is told to make, such as {@code -t ed25519} */
    public Person(Path key, String... kind) throws IOException, InterruptedException {
        this.key = key;
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", "", "-C", "", "-f", key.toString()));
        command.addAll(List.of(kind));
        run(command);
    }

    public String publicKey() throws IOException {
        return Files.readString(Path.of(key + ".pub")).strip();
    }

    /** Signs a file; the signature lies beside it. */
    public Path sign(Path file, String purpose) throws IOException, InterruptedException {
        Path signature = Path.of(file + ".sig");
        Files.deleteIfExists(signature);
        run(List.of("ssh-keygen", "-q", "-Y", "sign", "-n", purpose, "-f", key.toString(), file.toString()));
        return signature;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
