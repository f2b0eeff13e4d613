package dev.muster.restore.sealed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Encrypts files by the real programs, as a backup job does. */
public final class Sealing {
    public static final String PASS = "an open sesame of the night shift";

    private final Path folder;
    private final Path pass;
    private final Path ring;

    public Sealing(Path folder) throws IOException {
        this.folder = folder;
        this.pass = Files.writeString(folder.resolve("pass"), PASS + "\n");
        this.ring = Files.createDirectories(folder.resolve("ring"));
        run("chmod", "700", ring.toString());
    }

    /** A new identity of age, as its key file has it. */
    public String ageIdentity() throws IOException {
        return run("age-keygen");
    }

    public byte[] age(String identity, byte[] plain, String... how) throws IOException {
        String recipient = identity.lines()
                .filter(line -> line.startsWith("# public key: "))
                .findFirst()
                .orElseThrow()
                .substring("# public key: ".length());
        return sealed(plain, "age", List.of("--recipient", recipient), List.of(how));
    }

    /** A new private key of GnuPG, without a pass phrase of its own. */
    public String gpgKey(String address) throws IOException {
        gpg("--passphrase", "", "--quick-generate-key", address, "rsa2048", "encr", "never");
        return gpg("--passphrase", "", "--armor", "--export-secret-keys", address);
    }

    public byte[] gpgFor(String address, byte[] plain, String... how) throws IOException {
        List<String> arguments = List.of("--trust-model", "always", "--recipient", address, "--encrypt");
        return gpgSealed(plain, arguments, List.of(how));
    }

    public byte[] gpgByPass(byte[] plain, String... how) throws IOException {
        return gpgSealed(plain, List.of("--passphrase-file", pass.toString(), "--symmetric"), List.of(how));
    }

    public byte[] openssl(byte[] plain, String... how) throws IOException {
        Path in = Files.write(folder.resolve("plain"), plain);
        Path out = folder.resolve("sealed");
        List<String> command = new ArrayList<>(List.of("openssl", "enc"));
        command.addAll(List.of(how));
        command.addAll(List.of("-pass", "file:" + pass, "-in", in.toString(), "-out", out.toString()));
        run(command.toArray(String[]::new));
        return Files.readAllBytes(out);
    }

    /** Ends the agent that GnuPG has started for the keys made here. */
    public void close() throws IOException {
        run("gpgconf", "--homedir", ring.toString(), "--kill", "all");
    }

    private byte[] gpgSealed(byte[] plain, List<String> arguments, List<String> more) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("--homedir", ring.toString(), "--batch", "--yes", "--pinentry-mode", "loopback"));
        all.addAll(more);
        return sealed(plain, "gpg", all, arguments);
    }

    private byte[] sealed(byte[] plain, String program, List<String> some, List<String> more) throws IOException {
        Path in = Files.write(folder.resolve("plain"), plain);
        Path out = folder.resolve("sealed");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(some);
        command.addAll(List.of("--output", out.toString()));
        command.addAll(more);
        command.add(in.toString());
        run(command.toArray(String[]::new));
        return Files.readAllBytes(out);
    }

    private String gpg(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("gpg", "--homedir", ring.toString(), "--batch", "--pinentry-mode", "loopback"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command[0] + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return out;
    }
}
