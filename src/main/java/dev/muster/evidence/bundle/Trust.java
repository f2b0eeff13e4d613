package dev.muster.evidence.bundle;

import dev.muster.drill.CouldNotRun;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.approver.Approvers;
import dev.muster.signing.timestamp.Anchors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom a verifier trusts, by the files in one folder.
 *
 * @param keys who signs evidence: {@code *.pem}
 * @param anchors what timestamps lead to: {@code *.crt}, {@code tsa*.pem}
 * @param approvers who signs off: {@code allowed_signers}
 */
public record Trust(Path folder, List<PublicKeyText> keys, List<X509Certificate> anchors, Approvers approvers) {
    public static final String APPROVERS = "allowed_signers";

    /**
     * Whom the files in a folder name.
     *
     * @throws CouldNotRun when one of the files cannot be understood
     */
    public static Trust in(Path folder) {
        Path approvers = folder.resolve(APPROVERS);
        return new Trust(
                folder,
                SigningKeys.publicKeys(folder),
                Anchors.in(folder),
                Files.exists(approvers) ? Approvers.read(approvers) : Approvers.none());
    }
}
