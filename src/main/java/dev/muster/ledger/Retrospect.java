package dev.muster.ledger;

import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;

/** Measures a ledger against what was once signed of it: was anything rewritten, forked off or cut off since? */
final class Retrospect {
    private final Path file;
    private final LongFunction<String> place;

    Retrospect(Path file, LongFunction<String> place) {
        this.file = file;
        this.place = place;
    }

    List<Problem> problems(List<byte[]> lines, List<Checkpoint> signed) {
        List<Checkpoint> bySize = signed.stream()
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList();
        List<Problem> problems = new ArrayList<>();
        Frontier tree = new Frontier();
        long agreed = 0;
        for (Checkpoint one : bySize) {
            while (tree.size() < Math.min(one.size(), lines.size())) {
                tree.add(lines.get((int) tree.size()));
            }
            if (!lines.isEmpty() && !one.origin().equals(Ledger.origin(lines))) {
                problems.add(otherLedger(one));
            } else if (one.size() > lines.size()) {
                problems.add(cutOff(one, lines.size()));
            } else if (one.root().equals(HexFormat.of().formatHex(tree.root()))) {
                agreed = one.size();
            } else {
                problems.add(forked(one, agreed));
            }
        }
        return List.copyOf(problems);
    }

    private Problem otherLedger(Checkpoint one) {
        return new Problem(
                "The checkpoint of " + one.at() + " is of another ledger, " + one.origin()
                        + ": the first line is not the one that this one was begun with",
                place.apply(1),
                "Either the checkpoint belongs elsewhere, or the ledger was written anew from its first line. Compare"
                        + " it with a copy made at " + one.at() + ".");
    }

    private Problem cutOff(Checkpoint one, int lines) {
        return new Problem(
                "The ledger has " + lines + " lines, but had " + one.size() + " at " + one.at(),
                file.toString(),
                "Lines were cut off its end. Put the ledger back from a copy made after " + one.at() + ".");
    }

    private Problem forked(Checkpoint one, long agreed) {
        return new Problem(
                "The lines up to this one are not those that were signed at " + one.at()
                        + (agreed == 0 ? "" : "; up to line " + agreed + " they are, so the ledger forks after it"),
                place.apply(one.size()),
                "The ledger was written anew up to this line. Compare it with a copy made at " + one.at() + ".");
    }
}
