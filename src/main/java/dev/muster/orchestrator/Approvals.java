package dev.muster.orchestrator;

import dev.muster.drill.Approval;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.approver.Approvers;
import dev.muster.signing.approver.Attestation;
import dev.muster.signing.approver.PersonalSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/** Finds out whether somebody who may has approved the runbook of a drill: a signature lies beside its file. */
public final class Approvals {
    /** What an approver's signature is made for; ssh calls it the namespace. */
    static final String PURPOSE = "muster-approval";

    private final Optional<Path> approvers;
    private final Clock clock;

    /** @param approvers the file of allowed signers, where the settings name one */
    public Approvals(Optional<Path> approvers, Clock clock) {
        this.approvers = approvers;
        this.clock = clock;
    }

    /** Whether it was, with a finding for whatever a reader should know. A signature that does not hold stops no drill. */
    void note(Notes notes, PublicKeyText evidenceKey) {
        Path runbook = Path.of(notes.request.runbook().file());
        Path signature = runbook.resolveSibling(runbook.getFileName() + ".sig");
        if (!Files.exists(signature)) {
            return;
        }
        try {
            note(notes, runbook, signature, evidenceKey);
        } catch (CouldNotRun unreadable) {
            notes.found(new Finding(Finding.Severity.MAJOR, unreadable.problem()));
        } catch (IOException unreadable) {
            notes.found(doesNotCount(notes.request.runbook(), signature, "it cannot be read: " + unreadable));
        }
    }

    private void note(Notes notes, Path file, Path signature, PublicKeyText evidenceKey) throws IOException {
        DrillRequest request = notes.request;
        if (approvers.isEmpty()) {
            notes.found(doesNotCount(request.runbook(), signature, "the settings name no file of `approvers`"));
            return;
        }
        if (Files.size(signature) > PersonalSignature.LONGEST) {
            notes.found(doesNotCount(request.runbook(), signature, "it is no signature by ssh-keygen -Y sign"));
            return;
        }
        byte[] text = Files.readAllBytes(file);
        String armoured = new String(Files.readAllBytes(signature), StandardCharsets.UTF_8);
        Approvers known = Approvers.read(approvers.get());
        Attestation attestation = known.attest(text, PURPOSE, armoured, clock.instant());
        Approval declared = notes.approval();
        Optional<String> flaw = sha256(text).equals(request.runbook().sha256())
                ? attestation.flaw().or(() -> another(known, declared, attestation))
                : Optional.of("the runbook's file has changed since it was read for this drill");
        if (flaw.isPresent()) {
            notes.found(doesNotCount(request.runbook(), signature, flaw.get()));
            return;
        }
        boolean self = attestation.key().orElseThrow().line().equals(evidenceKey.sshKey());
        notes.approved(new Approval(
                declared.by().or(attestation::person),
                declared.on(),
                self ? Approval.Signature.SELF_ATTESTED : Approval.Signature.SIGNED,
                Optional.of(attestation.key().orElseThrow().fingerprint())));
        if (!request.overrides().isEmpty() || !request.named().isEmpty()) {
            notes.found(new Finding(
                    Finding.Severity.MINOR,
                    new Problem(
                            "The drill departs from the runbook as it was approved, by --set or --backup",
                            file.toString(),
                            "Write into the runbook what shall hold, and have it approved again.")));
        }
    }

    /** A runbook that names its approver is not approved by anybody else. */
    private static Optional<String> another(Approvers known, Approval declared, Attestation attestation) {
        return declared.by()
                .filter(name ->
                        attestation.key().filter(key -> known.holds(name, key)).isEmpty())
                .map(name -> "it is by " + attestation.person().orElse("somebody else")
                        + ", and the runbook declares that " + name + " approved it");
    }

    private static Finding doesNotCount(Runbook runbook, Path signature, String why) {
        return new Finding(
                Finding.Severity.MAJOR,
                new Problem(
                        "The approval of the runbook does not count: " + why,
                        signature.toString(),
                        "Have the runbook as it is now signed by one of the approvers: `rm " + signature
                                + "`, then `ssh-keygen -Y sign -n " + PURPOSE + " -f KEY " + runbook.file() + "`."));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
