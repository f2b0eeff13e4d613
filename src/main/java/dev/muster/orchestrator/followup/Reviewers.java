package dev.muster.orchestrator.followup;

import dev.muster.drill.Approval;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.approver.Approvers;
import dev.muster.signing.approver.Attestation;
import dev.muster.signing.approver.PersonalKey;
import dev.muster.signing.approver.PersonalSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes the word of those who may sign off, when their own key says that it is theirs. */
final class Reviewers {
    private final Optional<Path> approvers;
    private final Clock clock;

    Reviewers(Optional<Path> approvers, Clock clock) {
        this.approvers = approvers;
        this.clock = clock;
    }

    /** What a sign-off says. */
    Map<String, String> reviewed(
            Path bundle, String by, String comment, Path signature, String operator, PublicKeyText evidenceKey) {
        Path allowed = approvers.orElseThrow(() -> new CouldNotRun(new Problem(
                "The settings name nobody who may sign off",
                "`approvers` in the settings",
                "Name a file of allowed signers there, as `man ssh-keygen` describes it.")));
        Approvers known = Approvers.read(allowed);
        String armoured = text(signature);
        Attestation attestation = known.attest(bytes(bundle), FollowUps.SIGN_OFF, armoured, clock.instant());
        if (!attestation.holds()) {
            throw refused(bundle, signature, attestation.flaw().orElseThrow());
        }
        PersonalKey key = attestation.key().orElseThrow();
        if (!known.holds(by, key)) {
            throw refused(
                    bundle,
                    signature,
                    "it was made by " + attestation.person().orElse("somebody else") + " (" + allowed + ") and not by "
                            + by);
        }
        Map<String, String> content = new LinkedHashMap<>();
        content.put("by", by);
        content.put("comment", comment);
        content.put("key", key.fingerprint());
        content.put("bundleSha256", Evidence.sha256(bundle));
        content.put("selfAttested", Boolean.toString(key.line().equals(evidenceKey.sshKey())));
        content.put("reviewerIsOperator", Boolean.toString(Approval.samePerson(by, operator)));
        content.put("signature", armoured);
        return content;
    }

    private static CouldNotRun refused(Path bundle, Path signature, String why) {
        return new CouldNotRun(new Problem(
                "The signature does not count: " + why,
                signature.toString(),
                "The reviewer makes it with `ssh-keygen -Y sign -n " + FollowUps.SIGN_OFF + " -f KEY " + bundle
                        + "` and a key that the file of `approvers` holds."));
    }

    private static String text(Path signature) {
        try {
            if (Files.size(signature) > PersonalSignature.LONGEST) {
                return "";
            }
            return new String(Files.readAllBytes(signature), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw unreadable(signature, failed);
        }
    }

    private static byte[] bytes(Path bundle) {
        try {
            return Files.readAllBytes(bundle);
        } catch (IOException failed) {
            throw unreadable(bundle, failed);
        }
    }

    private static CouldNotRun unreadable(Path file, IOException failed) {
        return new CouldNotRun(
                new Problem(
                        "The file cannot be read (" + failed + ")",
                        file.toString(),
                        "Name a file that is there and that the user who runs Muster may read."),
                failed);
    }
}
