package dev.muster.backup.health;

import dev.muster.drill.Candidate;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.Span;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Are there as many backups as were promised, and none that should be gone? */
final class Retention implements Question {
    /** What removes old objects runs once a day. */
    private static final Duration GRACE = Duration.ofDays(1);

    @Override
    public VaultQuestion name() {
        return VaultQuestion.RETENTION;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.keep().isPresent() || promises.longest().isPresent();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) {
        Reply reply =
                new Reply(this).seen("complete backups", holdings.generations().size());
        List<Candidate> all = holdings.candidates().stream()
                .filter(one -> one.complete() || one.broken())
                .sorted(Comparator.comparing(Retention::when))
                .toList();
        all.stream()
                .findFirst()
                .ifPresent(oldest -> reply.seen("oldest", oldest.object().key() + ", from " + when(oldest)));
        if (!promised(holdings.promises())) {
            return reply.notPromised();
        }
        return reply.judged(tooFew(holdings, reply).or(() -> tooOld(holdings, all, reply)));
    }

    private static Optional<Problem> tooFew(Holdings holdings, Reply reply) {
        if (holdings.promises().keep().isEmpty()) {
            return Optional.empty();
        }
        int promised = holdings.promises().keep().getAsInt();
        int there = holdings.generations().size();
        reply.seen("promised at least", promised);
        return there >= promised
                ? Optional.empty()
                : Optional.of(holdings.problem(
                        "Of the " + holdings.asset() + " there are " + there + " complete backups, and " + promised
                                + " were promised",
                        "See which job or lifecycle rule removes them too early, or whether the backup job fails."));
    }

    private static Optional<Problem> tooOld(Holdings holdings, List<Candidate> all, Reply reply) {
        if (holdings.promises().longest().isEmpty()) {
            return Optional.empty();
        }
        Duration longest = holdings.promises().longest().get();
        reply.seen("promised at most", new Span(longest) + ", with a day's grace");
        Instant limit = holdings.now().minus(longest).minus(GRACE);
        List<Candidate> old =
                all.stream().filter(one -> when(one).isBefore(limit)).toList();
        return old.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        old.size() + (old.size() == 1 ? " object" : " objects") + " of the " + holdings.asset() + " "
                                + (old.size() == 1 ? "is" : "are") + " older than the " + new Span(longest)
                                + " after which none was to be there; the oldest is from " + when(old.get(0)),
                        old.get(0).object().address(),
                        "Remove what is too old, and see why the job or lifecycle rule that should do so did not."));
    }

    private static Instant when(Candidate candidate) {
        return candidate.claimed().at().orElse(candidate.object().lastModified());
    }
}
