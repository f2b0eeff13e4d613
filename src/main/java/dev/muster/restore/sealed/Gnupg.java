package dev.muster.restore.sealed;

import dev.muster.drill.BadBackup;
import dev.muster.scratch.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What GnuPG has encrypted, with a pass phrase or for a key. Its exit code is not to be relied on: its status is. */
final class Gnupg implements Opener {
    private static final String PRIVATE_KEY = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
    private static final String STATUS = "[GNUPG:] ";

    @Override
    public List<String> version() {
        return List.of("gpg", "--version");
    }

    @Override
    public String debianPackage() {
        return "gnupg";
    }

    @Override
    public void open(Unsealing unsealing) throws IOException, BadBackup, InterruptedException {
        Path home = unsealing.folder();
        try {
            Finished finished = unsealing.decrypt(decryption(unsealing, home));
            if (!finished.succeeded() || !has(finished, "DECRYPTION_OKAY")) {
                refuse(unsealing, finished);
            }
        } finally {
            // The agent that keeps keys would stay.
            unsealing.run(List.of("gpgconf", "--homedir", home.toString(), "--kill", "all"), Map.of());
        }
    }

    private static List<String> decryption(Unsealing unsealing, Path home) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--homedir", home.toString(), "--batch", "--no-tty", "--pinentry-mode", "loopback"));
        Path key = unsealing.keyFile();
        if (unsealing.key().reveal().contains(PRIVATE_KEY)) {
            List<String> taking = new ArrayList<>(command);
            taking.addAll(List.of("--import", key.toString()));
            Finished taken = unsealing.run(taking, Map.of());
            if (!taken.succeeded()) {
                throw unsealing.wrongKey("it is no private key of GnuPG that could be read");
            }
        } else {
            command.addAll(List.of("--passphrase-file", key.toString()));
        }
        command.addAll(List.of(
                "--status-fd",
                "1",
                "--output",
                unsealing.plain().toString(),
                "--decrypt",
                unsealing.job().file().toString()));
        return command;
    }

    private static void refuse(Unsealing unsealing, Finished finished) throws IOException, BadBackup {
        if (has(finished, "NO_SECKEY")) {
            throw unsealing.wrongKey(
                    "it was encrypted for " + recipients(finished) + ", whose private key the secret does not hold");
        }
        if (has(finished, "ERROR symkey_decrypt") || says(finished, "Bad session key")) {
            throw unsealing.wrongKey("the pass phrase is another one");
        }
        if (has(finished, "ERROR pkdecrypt") || has(finished, "MISSING_PASSPHRASE")) {
            throw unsealing.wrongKey("the private key asks for a pass phrase of its own; export one without");
        }
        if (says(finished, "No space left")) {
            throw new IOException("No space left on device");
        }
        if (has(finished, "BEGIN_DECRYPTION") || has(finished, "NODATA") || has(finished, "UNEXPECTED")) {
            throw unsealing.job().bad("The encrypted backup is cut short or damaged: " + lastWords(finished));
        }
        throw unsealing
                .job()
                .cannot(
                        "GnuPG could not decrypt the backup: " + lastWords(finished),
                        "Decrypt it by hand with `gpg --decrypt` to see why; then run the drill again.");
    }

    private static String recipients(Finished finished) {
        String ids = finished.lastLines().stream()
                .filter(line -> line.startsWith(STATUS + "ENC_TO "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.joining(", "));
        return "the key " + ids;
    }

    private static String lastWords(Finished finished) {
        return finished.lastLines().stream()
                .filter(line -> line.startsWith("gpg: ") && !line.contains("encrypted with"))
                .map(line -> line.substring("gpg: ".length()))
                .findFirst()
                .orElse("it holds no whole message");
    }

    private static boolean says(Finished finished, String words) {
        return finished.lastLines().stream().anyMatch(line -> line.startsWith("gpg: ") && line.contains(words));
    }

    private static boolean has(Finished finished, String status) {
        return finished.lastLines().stream().anyMatch(line -> line.startsWith(STATUS + status));
    }
}
