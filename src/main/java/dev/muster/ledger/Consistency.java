package dev.muster.ledger;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows whoever has no ledger that nothing was changed in it from one checkpoint to the next: lines were added, and no
 * more.
 *
 * @param path the hashes of RFC 6962 from which both roots follow
 */
public record Consistency(Checkpoint earlier, Checkpoint later, List<byte[]> path) {
    private static final String HEADING = "muster.dev/ledger-consistency@v1\n";
    private static final Pattern TEXT = Pattern.compile(
            HEADING + "(" + HashLines.PATTERN + ")\n(muster-ledger/.*\n)\n(muster-ledger/.*)", Pattern.DOTALL);

    public Consistency {
        path = List.copyOf(path);
    }

    /** Reads a proof; empty when the text is not laid out as one. */
    public static Optional<Consistency> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? HashLines.parse(parts.group(1))
                        .flatMap(path -> Checkpoint.parse(parts.group(2))
                                .flatMap(earlier -> Checkpoint.parse(parts.group(3))
                                        .map(later -> new Consistency(earlier, later, path))))
                : Optional.empty();
    }

    /** Whether the later checkpoint is of the ledger that the earlier one is of, with nothing changed before it. */
    public boolean holds() {
        return earlier.origin().equals(later.origin())
                && MerkleTree.extendsTo(
                        earlier.size(),
                        HexFormat.of().parseHex(earlier.root()),
                        later.size(),
                        HexFormat.of().parseHex(later.root()),
                        path);
    }

    /** The proof as its file holds it. */
    public String text() {
        return HEADING + HashLines.format(path) + "\n" + earlier.text() + "\n" + later.text();
    }
}
