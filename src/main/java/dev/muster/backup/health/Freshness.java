package dev.muster.backup.health;

import dev.muster.drill.Candidate;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.Span;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Is the newest complete backup as young as was promised? */
final class Freshness implements Question {
    @Override
    public VaultQuestion name() {
        return VaultQuestion.FRESHNESS;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.every().isPresent();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) {
        Reply reply = new Reply(this);
        Optional<Generation> newest = holdings.newest();
        reply.seen(
                "newest complete backup",
                newest.map(one -> one.head().key() + ", good for " + one.at()).orElse("none"));
        newest.ifPresent(one -> reply.seen("its age", new Span(age(one, holdings))));
        broken(holdings, newest.map(Generation::at).orElse(Instant.MIN))
                .forEach(candidate -> reply.find(
                        Finding.Severity.MINOR,
                        new Problem(
                                "A newer backup of the " + holdings.asset() + " is not complete: " + candidate.reason(),
                                candidate.object().address(),
                                "See in the backup job's log why, and let it run again.")));
        if (holdings.promises().every().isEmpty()) {
            return reply.notPromised();
        }
        Duration every = holdings.promises().every().get();
        reply.seen("promised", "every " + new Span(every) + ", with grace " + new Span(Holdings.tolerated(every)));
        if (newest.isEmpty()) {
            return reply.judged(Optional.of(
                    holdings.problem("There is no complete backup of the " + holdings.asset(), "Run the backup job.")));
        }
        Duration age = age(newest.get(), holdings);
        return reply.judged(Optional.of(age)
                .filter(old -> old.compareTo(Holdings.tolerated(every)) > 0)
                .map(old -> new Problem(
                        "The newest complete backup of the " + holdings.asset() + " is " + new Span(old)
                                + " old, and one was promised every " + new Span(every),
                        newest.get().head().address(),
                        "See why the backup job has not run or not finished since, and let it run now.")));
    }

    private static Duration age(Generation one, Holdings holdings) {
        return Duration.between(one.at(), holdings.now());
    }

    private static List<Candidate> broken(Holdings holdings, Instant newest) {
        return holdings.candidates().stream()
                .filter(Candidate::broken)
                .filter(one -> one.object().lastModified().isAfter(newest)
                        && !one.object().lastModified().isAfter(holdings.now()))
                .toList();
    }
}
