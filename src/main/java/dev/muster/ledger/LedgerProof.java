package dev.muster.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows whoever has no ledger that a line stands in it, as c2sp.org/tlog-proof lays it out.
 *
 * @param index where the line stands, counted from 0
 * @param path the hashes from the line to the root of the checkpoint
 */
public record LedgerProof(long index, List<byte[]> path, Checkpoint checkpoint) {
    private static final String HEADING = "c2sp.org/tlog-proof@v1\n";
    private static final Pattern TEXT =
            Pattern.compile(HEADING + "index (0|[1-9][0-9]{0,17})\n(" + HashLines.PATTERN + ")\n(.*)", Pattern.DOTALL);

    public LedgerProof {
        path = List.copyOf(path);
    }

    /** Reads a proof; empty when the text is not laid out as one. */
    public static Optional<LedgerProof> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? HashLines.parse(parts.group(2))
                        .flatMap(path -> Checkpoint.parse(parts.group(3))
                                .map(checkpoint -> new LedgerProof(Long.parseLong(parts.group(1)), path, checkpoint)))
                : Optional.empty();
    }

    /** Whether this line, without its end, stands where the proof says in the ledger that the checkpoint is of. */
    public boolean shows(String line) {
        return MerkleTree.includes(
                line.getBytes(StandardCharsets.UTF_8),
                index,
                checkpoint.size(),
                path,
                HexFormat.of().parseHex(checkpoint.root()));
    }

    /** The proof as its file holds it. */
    public String text() {
        return HEADING + "index " + index + "\n" + HashLines.format(path) + "\n" + checkpoint.text();
    }
}
