package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** A private key in a PEM file that somebody else looks after. */
final class PemFile {
    private PemFile() {}

    static Signer open(Path file) {
        try {
            // A mounted secret often belongs to root and is read by a group; that everybody may is never meant.
            if (KeyFiles.openToEverybody(file)) {
                throw new CouldNotRun(new Problem(
                        "The signing key can be read by every user",
                        file.toString(),
                        "Run `chmod o-rwx " + file + "`; for a mounted Kubernetes secret set `defaultMode: 0440`, and"
                                + " `fsGroup` to a group of the user who runs Muster. Exchange the key if others may"
                                + " have read it."));
            }
            return PrivateKeyText.read(KeyFiles.text(file), file.toString());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The signing key cannot be read (" + Reasons.of(unreadable) + ")",
                            file.toString(),
                            "It must be an Ed25519 or P-256 key without a password as PKCS#8 PEM, which"
                                    + " `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` writes, and the user who runs"
                                    + " Muster must be allowed to read it."),
                    unreadable);
        }
    }
}
