package dev.muster.evidence.followup;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.BundleCheck;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Timestamping;
import dev.muster.evidence.bundle.Trust;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.approver.Attestation;
import dev.muster.signing.approver.PersonalSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a bundle, and where that is whole what lies beside it. */
public final class FollowUpCheck {
    private static final String NOT_THE_ORIGINAL =
            "It was changed, exchanged or put beside another bundle. Ask whoever gave it to you for the original.";

    private final Path bundle;
    private final Trust trust;
    private final Map<String, byte[]> files;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> wrong = new ArrayList<>();
    private final List<Problem> foreign = new ArrayList<>();

    private FollowUpCheck(Path bundle, Trust trust) {
        this.bundle = bundle;
        this.trust = trust;
        this.files = BundleFile.read(bundle).files();
    }

    /** What there is to say of a bundle and of everything that followed it. */
    public static Verification verify(Path bundle, Trust trust) {
        Verification verification = new BundleCheck(bundle, trust.keys(), trust.anchors()).verify();
        return verification.outcome() == Outcome.INVALID
                ? verification
                : new FollowUpCheck(bundle, trust).after(verification);
    }

    /** The verification with what was found of follow-ups. */
    private Verification after(Verification verification) {
        FollowUps followUps = FollowUps.beside(bundle);
        lines.addAll(verification.lines());
        wrong.addAll(followUps.problems());
        followUps.all().forEach(this::check);
        followUps
                .broken()
                .ifPresent(one -> wrong.add(new Problem(
                        "A follow-up before this one is missing or was exchanged",
                        one.file().toString(),
                        "Ask for all of them: they are numbered from 1 without a gap.")));
        lines.add((followUps.all().isEmpty()
                        ? "No follow-up lies"
                        : followUps.all().size() + " follow-ups lie")
                + " beside the bundle; whether later ones are missing, only the ledger tells.");
        foreign.addAll(0, verification.problems());
        if (!wrong.isEmpty()) {
            foreign.addAll(wrong);
            return new Verification(Outcome.INVALID, lines, foreign);
        }
        return new Verification(foreign.isEmpty() ? Outcome.VALID : Outcome.NOT_TRUSTED, lines, foreign);
    }

    private void check(FollowUp one) {
        if (!one.subject().equals(Statement.sha256(files.getOrDefault(Bundle.STATEMENT, new byte[0])))) {
            wrong("The follow-up belongs to another bundle", one);
            return;
        }
        Optional<PublicKeyText> signer = trust.keys().stream()
                .filter(key -> key.verifies(one.message(), one.signature()))
                .findFirst();
        if (signer.isEmpty()
                && issuer().filter(key -> key.verifies(one.message(), one.signature()))
                        .isEmpty()) {
            wrong("The signature of the follow-up does not hold", one);
            return;
        }
        if (signer.isEmpty()) {
            foreign.add(new Problem(
                    "The follow-up is signed, but not with a key that you trust",
                    one.file().toString(),
                    "Put the issuer's key as a *.pem file into the folder that you name with --trust."));
        }
        say(one);
    }

    private void say(FollowUp one) {
        String begin = "Follow-up " + one.number() + ", " + FollowUpWords.onOneLine(one.text("at")) + ": ";
        switch (one.kind()) {
            case TIMESTAMP ->
                timestamp(one)
                        .ifPresentOrElse(
                                said -> lines.add(begin + said),
                                () -> wrong("The timestamp is broken or belongs to another signature", one));
            case SIGN_OFF ->
                signOff(one)
                        .ifPresentOrElse(
                                said -> lines.add(begin + FollowUpWords.sentence(one) + ". " + said),
                                () -> wrong("The reviewer's signature is not one over this bundle", one));
            default -> lines.add(begin + FollowUpWords.sentence(one) + ".");
        }
    }

    private Optional<String> timestamp(FollowUp one) {
        try {
            byte[] response = Base64.getDecoder().decode(one.text("token"));
            return Timestamping.said(response, files.getOrDefault(Bundle.SIGNATURE, new byte[0]), trust.anchors());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<String> signOff(FollowUp one) {
        Optional<PersonalSignature> signature = PersonalSignature.read(one.text("signature"));
        Optional<Instant> at = instant(one.text("at"));
        byte[] archive = archive();
        if (at.isEmpty()
                || signature
                        .filter(made -> made.purpose().equals(FollowUps.SIGN_OFF) && made.isOver(archive))
                        .isEmpty()) {
            return Optional.empty();
        }
        Attestation attestation =
                trust.approvers().attest(archive, FollowUps.SIGN_OFF, one.text("signature"), at.get());
        String key = signature.get().key().fingerprint();
        return Optional.of(
                attestation.holds()
                        ? "You trust " + key + " as " + attestation.person().orElse("") + "'s."
                        : "Whose key " + key + " is you have to take on trust: "
                                + attestation.flaw().orElse("") + " ("
                                + trust.folder().resolve(Trust.APPROVERS) + ").");
    }

    private byte[] archive() {
        try {
            return Files.readAllBytes(bundle);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The bundle cannot be read (" + failed + ")",
                            bundle.toString(),
                            "Make it readable for the user who runs Muster."),
                    failed);
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private Optional<PublicKeyText> issuer() {
        return PublicKeyText.parse(
                new String(files.getOrDefault(Bundle.KEY, new byte[0]), StandardCharsets.ISO_8859_1));
    }

    private void wrong(String what, FollowUp one) {
        wrong.add(new Problem(what, one.file().toString(), NOT_THE_ORIGINAL));
    }
}
