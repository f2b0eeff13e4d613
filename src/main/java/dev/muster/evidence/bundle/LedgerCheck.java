package dev.muster.evidence.bundle;

import dev.muster.evidence.record.Json;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Consistency;
import dev.muster.ledger.LedgerProof;
import dev.muster.signing.PublicKeyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that a drill's lines stand in the ledger, and that the ledger goes on from what it was before the drill. */
final class LedgerCheck {
    private final Map<String, byte[]> files;
    private final Optional<PublicKeyText> key;
    private final Map<Checkpoint, String> checkpoints = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    LedgerCheck(Map<String, byte[]> files, PublicKeyText signer) {
        this.files = files;
        this.key = key(files, signer);
        checkProofs();
    }

    /** The key that signed the ledger: the one in the bundle that is there for it, else the one for everything. */
    static Optional<PublicKeyText> key(Map<String, byte[]> files, PublicKeyText signer) {
        return files.containsKey(Bundle.LEDGER_KEY)
                ? PublicKeyText.parse(text(files, Bundle.LEDGER_KEY))
                : Optional.of(signer);
    }

    /** What was found right. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What is wrong, by file. */
    Map<String, String> problems() {
        return problems;
    }

    /** What the key has signed, and the file that it stands in. */
    Map<Checkpoint, String> checkpoints() {
        return checkpoints;
    }

    /** Each line stands in the ledger under a checkpoint that the ledger's key has signed. */
    private void checkProofs() {
        List<LedgerProof> proofs = new ArrayList<>();
        for (String line : text(files, Bundle.LEDGER).lines().toList()) {
            String name = Bundle.proof(Json.read(line.getBytes(StandardCharsets.UTF_8))
                    .map(event -> event.path("sequence").asLong(0))
                    .orElse(0L));
            Optional<LedgerProof> proof = LedgerProof.parse(text(files, name));
            if (proof.isEmpty()) {
                problems.put(name, "There is no proof that the line stands in the ledger");
            } else if (!proof.get().shows(line)) {
                problems.put(name, "The proof does not show that the line stands in the ledger");
            } else if (key.filter(proof.get().checkpoint()::signedBy).isEmpty()) {
                problems.put(
                        name,
                        "The ledger's checkpoint was not signed with the key "
                                + (files.containsKey(Bundle.LEDGER_KEY)
                                        ? "in " + Bundle.LEDGER_KEY
                                        : "that signed the bundle"));
            } else {
                checkpoints.putIfAbsent(proof.get().checkpoint(), name);
                proofs.add(proof.get());
            }
        }
        proofs.stream().findFirst().map(LedgerProof::checkpoint).ifPresent(checkpoint -> {
            lines.add("The " + proofs.size() + " ledger lines stand in the ledger " + checkpoint.origin() + " of "
                    + checkpoint.size() + " events at " + checkpoint.at() + ".");
            checkConsistency(checkpoint);
        });
    }

    /** The ledger that has the lines is the one of before the drill, with nothing changed in it. */
    private void checkConsistency(Checkpoint now) {
        Optional<Consistency> step = Consistency.parse(text(files, Bundle.CONSISTENCY));
        if (step.isEmpty()) {
            problems.put(Bundle.CONSISTENCY, "There is no proof that the ledger goes on from what it was before");
        } else if (!step.get().later().text().equals(now.text())) {
            problems.put(Bundle.CONSISTENCY, "The proof leads to another checkpoint than that of the lines");
        } else if (key.filter(step.get().earlier()::signedBy).isEmpty()) {
            problems.put(Bundle.CONSISTENCY, "The ledger's earlier checkpoint was not signed with its key");
        } else if (!step.get().holds()) {
            problems.put(Bundle.CONSISTENCY, "The proof does not show that the ledger goes on from what it was before");
        } else {
            Checkpoint earlier = step.get().earlier();
            lines.add("That ledger goes on from its checkpoint of " + earlier.size()
                    + (earlier.size() == 1 ? " event" : " events") + ", signed at " + earlier.at()
                    + ", with nothing changed in it.");
        }
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }
}
