package dev.muster.restore.sealed;

import dev.muster.backup.format.Looks;
import dev.muster.backup.format.Seal;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpensslCipher;
import dev.muster.scratch.Finished;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code openssl enc} has encrypted. Nothing in it tells a wrong pass phrase from damage. */
final class Openssl implements Opener {

    @Override
    public List<String> version() {
        return List.of("openssl", "version");
    }

    @Override
    public String debianPackage() {
        return "openssl";
    }

    @Override
    public void open(Unsealing unsealing) throws IOException, BadBackup, InterruptedException {
        OpensslCipher cipher = unsealing.job().backup().source().openssl();
        List<String> command =
                new ArrayList<>(List.of("openssl", "enc", "-d", "-" + cipher.cipher(), "-md", cipher.digest()));
        if (cipher.iterations() > 0) {
            command.addAll(List.of("-pbkdf2", "-iter", Integer.toString(cipher.iterations())));
        }
        if (Seal.asText(unsealing.job().file())) {
            command.add("-a");
        }
        command.addAll(List.of(
                "-pass",
                "file:" + unsealing.keyFile(),
                "-in",
                unsealing.job().file().toString(),
                "-out",
                unsealing.plain().toString()));
        Finished finished = unsealing.decrypt(command);
        if (says(
                finished,
                "Unknown cipher",
                "unknown cipher",
                "AEAD ciphers",
                "Unknown message digest",
                "unsupported")) {
            throw unsealing
                    .job()
                    .cannot(
                            "This openssl cannot decrypt " + cipher.cipher() + " with a key by " + cipher.digest(),
                            "Correct `openssl` of this backup in the runbook; `openssl enc -list` and `openssl list"
                                    + " -digest-algorithms` name what there is.");
        }
        if (says(finished, "wrong final block length")) {
            throw unsealing
                    .job()
                    .bad("The encrypted backup is cut short: it ends in the middle of a block of the cipher");
        }
        if (!finished.succeeded() || !Looks.likeBackup(unsealing.plain())) {
            throw either(unsealing, cipher);
        }
    }

    private static CouldNotRun either(Unsealing unsealing, OpensslCipher cipher) {
        return unsealing
                .job()
                .cannot(
                        "What openssl makes of the backup is no backup: either the key is wrong, or how it is used ("
                                + cipher.cipher() + ", " + cipher.digest() + ", " + cipher.iterations()
                                + " iterations), or the encrypted bytes are damaged; openssl cannot tell which",
                        "Check the secret that `key` of this backup names in the runbook, and `openssl` beside it. If an"
                                + " older backup opens with them, this one is damaged. The programs age and gpg tell"
                                + " damage from a wrong key.");
    }

    private static boolean says(Finished finished, String... words) {
        return !finished.succeeded()
                && finished.lastLines().stream()
                        .anyMatch(line -> List.of(words).stream().anyMatch(line::contains));
    }
}
