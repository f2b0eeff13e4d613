package dev.muster.evidence.bundle;

import dev.muster.drill.Problem;
import dev.muster.signing.PublicKeyText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks of a key that signed whether it is trusted, and was at the time: by the verifier's own copy of it. */
public final class KeyCheck {
    private final Path bundle;
    private final List<PublicKeyText> trusted;
    private final List<String> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    public KeyCheck(Path bundle, List<PublicKeyText> trusted) {
        this.bundle = bundle;
        this.trusted = trusted;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Asks of one key.
     *
     * @param what what it signed, as a sentence begins
     * @param file the copy of the key in the bundle
     * @param at when it is said to have signed
     */
    public void check(String what, PublicKeyText key, String file, Optional<Instant> at) {
        List<PublicKeyText> copies = trusted.stream()
                .filter(copy -> copy.keyId().equals(key.keyId()))
                .toList();
        if (copies.isEmpty()) {
            problems.add(new Problem(
                    what + " is signed, but not with a key that you trust",
                    bundle + "!" + file,
                    "Ask the issuer, on another way than the bundle came, whether their key is " + key.keyId()
                            + ". If it is, put that key as a *.pem file into the folder that you name with --trust."));
            return;
        }
        Optional<PublicKeyText> ended = copies.stream()
                .filter(copy -> !at.map(copy.validity()::includes)
                        .orElse(copy.validity().endless()))
                .findFirst();
        if (ended.isPresent()) {
            problems.add(new Problem(
                    what + " was signed " + at.map(instant -> "at " + instant).orElse("nobody knows when")
                            + ", but you trust its key " + ended.get().validity(),
                    bundle + "!" + file,
                    "Ask the issuer why key " + key.keyId() + " signed outside of its time. Your copy of the key says"
                            + " when it is valid, in lines before the key itself."));
            return;
        }
        lines.add(file.equals(Bundle.LEDGER_KEY) ? "You trust the ledger's key." : "You trust that key.");
        if (copies.stream().anyMatch(PublicKeyText::demonstration) || key.demonstration()) {
            lines.add("It is a demonstration key, not trusted: it proves nothing about who made this bundle.");
        }
    }
}
