package dev.muster.ledger;

import dev.muster.drill.LedgerEvent;
import dev.muster.signing.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The ledger's lines at one instant, and whoever signs what is said of them: checkpoints, and proofs between them. */
final class SignedTree {
    private final List<byte[]> lines;
    private final MerkleTree tree;
    private final Instant at;
    private final Signer signer;

    SignedTree(List<byte[]> lines, Instant at, Signer signer) {
        this.lines = lines;
        this.tree = new MerkleTree(lines);
        this.at = at;
        this.signer = signer;
    }

    Checkpoint now() {
        return checkpoint(lines.size());
    }

    private Checkpoint checkpoint(int size) {
        return Checkpoint.sign(Ledger.origin(lines), size, tree.root(size), at, signer);
    }

    LedgerProofs prove(List<LedgerEvent> events, List<Checkpoint> kept) {
        Checkpoint now = now();
        List<LedgerProof> proofs = events.stream()
                .map(event -> (int) event.sequence() - 1)
                .map(index -> new LedgerProof(index, tree.inclusion(index, lines.size()), now))
                .toList();
        long before = events.stream().mapToLong(LedgerEvent::sequence).min().orElseThrow() - 1;
        return new LedgerProofs(proofs, Optional.of(step(keptBefore(before, kept), now)));
    }

    LedgerPart part(int start, int end, Optional<Checkpoint> since, List<Checkpoint> kept) {
        Frontier before = new Frontier();
        lines.subList(0, start).forEach(before::add);
        Excerpt excerpt = new Excerpt(
                start,
                before.parts().stream().map(HexFormat.of()::formatHex).toList(),
                lines.subList(start, end).stream()
                        .map(line -> new String(line, StandardCharsets.UTF_8))
                        .toList());
        List<Checkpoint> signed = new ArrayList<>();
        if (since.isEmpty() || since.get().size() > end) {
            signed.add(keptBefore(Math.max(1, start), kept));
        }
        since.ifPresent(signed::add);
        if (end < lines.size()) {
            signed.add(checkpoint(end));
        }
        signed.sort(Comparator.comparingLong(Checkpoint::size));
        signed.add(now());
        List<Consistency> steps = new ArrayList<>();
        for (int index = 1; index < signed.size(); index++) {
            steps.add(step(signed.get(index - 1), signed.get(index)));
        }
        return new LedgerPart(excerpt, steps);
    }

    /** The last one of this key that was kept when the ledger had at most this many lines, or else one of its first. */
    private Checkpoint keptBefore(long size, List<Checkpoint> kept) {
        return kept.stream()
                .filter(one -> one.size() >= 1 && one.size() <= size && one.signedBy(signer.publicKey()))
                .sorted(Comparator.comparingLong(Checkpoint::size).reversed())
                // One that the ledger contradicts is a matter for `muster ledger verify`, not for a drill's evidence.
                .filter(one -> one.root().equals(HexFormat.of().formatHex(tree.root((int) one.size()))))
                .findFirst()
                .orElseGet(() -> checkpoint(1));
    }

    private Consistency step(Checkpoint earlier, Checkpoint later) {
        return new Consistency(earlier, later, tree.consistency((int) earlier.size(), (int) later.size()));
    }
}
