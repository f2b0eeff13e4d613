package dev.muster.ledger;

import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Lines of a ledger that follow each other without a gap, and what is needed to see that for oneself.
 *
 * @param before how many lines stand before them
 * @param parts the hashes, in hex, of the full parts of the tree over those; the roots after each line follow from them
 * @param lines without their ends
 */
public record Excerpt(long before, List<String> parts, List<String> lines) {
    public Excerpt {
        parts = List.copyOf(parts);
        lines = List.copyOf(lines);
        if (before < 0 || parts.size() != Long.bitCount(before)) {
            throw new IllegalArgumentException(before + " lines do not have " + parts.size() + " full parts");
        }
    }

    /** How many lines the ledger has up to the last one of these. */
    public long end() {
        return before + lines.size();
    }

    /** The events; lines that are none are left out here, and are among the {@link #problems}. */
    public List<LedgerEvent> events() {
        return lines.stream()
                .flatMap(line -> EventLine.parse(line.getBytes(StandardCharsets.UTF_8)).stream())
                .toList();
    }

    /** Everything that is wrong with the chain from line to line. */
    public List<Problem> problems(LongFunction<String> place) {
        return new Audit(place, before)
                .problems(lines.stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    /** The root, in hex, that the ledger had when it had this many lines; empty when that was before or after these. */
    public Optional<String> rootAt(long size) {
        if (size < before || size > end()) {
            return Optional.empty();
        }
        HexFormat hex = HexFormat.of();
        Frontier tree = new Frontier(before, parts.stream().map(hex::parseHex).toList());
        lines.stream().limit(size - before).forEach(line -> tree.add(line.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(hex.formatHex(tree.root()));
    }
}
