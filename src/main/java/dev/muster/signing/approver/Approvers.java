package dev.muster.signing.approver;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may approve and sign off, from a file of allowed signers as {@code ssh-keygen -Y verify} takes it. */
public final class Approvers {
    private static final long LARGEST_FILE = 1024 * 1024;

    private final List<AllowedSigner> signers;

    private Approvers(List<AllowedSigner> signers) {
        this.signers = List.copyOf(signers);
    }

    /** Nobody. */
    public static Approvers none() {
        return new Approvers(List.of());
    }

    /** How many keys may approve or sign off something. */
    public int size() {
        return signers.size();
    }

    /** Reads the file; a line that cannot be understood is never passed over. */
    public static Approvers read(Path file) {
        String text;
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException("it is larger than " + LARGEST_FILE + " bytes");
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The file of approvers cannot be read (" + failed + ")",
                            file.toString(),
                            "It is a file of allowed signers as `man ssh-keygen` describes it; `approvers` in the"
                                    + " settings names it."),
                    failed);
        }
        List<AllowedSigner> signers = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                signers.add(signer(line, file + ":" + number));
            }
        }
        return new Approvers(signers);
    }

    private static AllowedSigner signer(String line, String place) {
        try {
            return AllowedSignersLine.read(line);
        } catch (IllegalArgumentException malformed) {
            throw new CouldNotRun(
                    new Problem(
                            "A line of the file of approvers cannot be used: " + malformed.getMessage(),
                            place,
                            "Write it like `kim@example.com namespaces=\"muster-approval,muster-sign-off\" ssh-ed25519"
                                    + " AAAA…`, as `man ssh-keygen` says under ALLOWED SIGNERS."),
                    malformed);
        }
    }

    /** Whether somebody of these has signed the message for the purpose, with a key that was valid at the instant. */
    public Attestation attest(byte[] message, String purpose, String armoured, Instant at) {
        Optional<PersonalSignature> signature = PersonalSignature.read(armoured);
        if (signature.isEmpty()) {
            return new Attestation(
                    Optional.empty(), Optional.empty(), Optional.of("it is no signature by ssh-keygen -Y sign"));
        }
        PersonalKey key = signature.get().key();
        List<AllowedSigner> holders =
                signers.stream().filter(signer -> signer.key().equals(key)).toList();
        Optional<AllowedSigner> allowed = holders.stream()
                .filter(signer -> signer.objection(purpose, at).isEmpty())
                .findFirst();
        Optional<String> person = allowed.or(() -> holders.stream().findFirst()).map(AllowedSigner::name);
        return new Attestation(
                person,
                Optional.of(key),
                flaw(signature.get(), message, purpose)
                        .or(() -> allowed.isPresent()
                                ? Optional.empty()
                                : Optional.of(holders.stream()
                                        .findFirst()
                                        .flatMap(signer -> signer.objection(purpose, at))
                                        .orElse("its key " + key.fingerprint() + " is not among the approvers"))));
    }

    private static Optional<String> flaw(PersonalSignature signature, byte[] message, String purpose) {
        if (!signature.purpose().equals(purpose)) {
            return Optional.of("it was made for " + signature.purpose() + " and not for " + purpose);
        }
        return signature.isOver(message) ? Optional.empty() : Optional.of("it was made over something else");
    }

    /** Whether a key is that of the person with this name. */
    public boolean holds(String name, PersonalKey key) {
        return signers.stream().anyMatch(signer -> signer.key().equals(key) && signer.is(name));
    }
}
