package dev.muster.backup.health;

import dev.muster.drill.Promises;
import dev.muster.drill.Span;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.VaultState.Gap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Is there a backup missing between two others? */
final class Sequence implements Question {
    private static final int NAMED = 5;

    @Override
    public VaultQuestion name() {
        return VaultQuestion.SEQUENCE;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.every().isPresent();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) {
        Reply reply =
                new Reply(this).seen("complete backups", holdings.generations().size());
        holdings.worstLoss().ifPresent(worst -> reply.seen("longest without a backup", worst));
        if (holdings.promises().every().isEmpty()) {
            return reply.notPromised();
        }
        String every = new Span(holdings.promises().every().get()).toString();
        List<Gap> gaps = holdings.gaps();
        reply.seen("looked at", holdings.stretches().size() + " stretches between two backups")
                .seen("gaps", gaps.isEmpty() ? "none" : Integer.toString(gaps.size()));
        if (holdings.generations().isEmpty()) {
            return reply.judged(Optional.of(
                    holdings.problem("There is no complete backup of the " + holdings.asset(), "Run the backup job.")));
        }
        return reply.judged(
                gaps.isEmpty()
                        ? Optional.empty()
                        : Optional.of(holdings.problem(
                                "Backups of the " + holdings.asset() + " are missing, of which one was promised every "
                                        + every + ": none for " + named(gaps),
                                "See in the backup job's log what happened then. What was lost of those times cannot be"
                                        + " made again; see that a backup that fails is noticed at once.")));
    }

    private static String named(List<Gap> gaps) {
        String first = gaps.stream().limit(NAMED).map(Gap::toString).collect(Collectors.joining("; "));
        return gaps.size() > NAMED ? first + "; and " + (gaps.size() - NAMED) + " more" : first;
    }
}
