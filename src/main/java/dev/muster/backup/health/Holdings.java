package dev.muster.backup.health;

import dev.muster.backup.bucket.Vault;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.VaultState.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a vault holds of one asset.
 *
 * @param generations the complete backups up to the instant that is asked about, the newest first
 * @param now the instant that is asked about
 */
record Holdings(
        BackupSource source, Vault vault, List<Candidate> candidates, List<Generation> generations, Instant now) {
    /** A backup takes its time, and is good for the instant at which it began. */
    private static final int TENTH = 10;

    private static final Duration LEAST_GRACE = Duration.ofMinutes(5);

    Holdings {
        candidates = List.copyOf(candidates);
        generations = List.copyOf(generations);
    }

    Promises promises() {
        return source.promises();
    }

    String asset() {
        return source.asset().label();
    }

    String place() {
        return vault.place(source.prefix());
    }

    Optional<Generation> newest() {
        return generations.stream().findFirst();
    }

    /** The longest that may lie between two backups of which one was promised this often. */
    static Duration tolerated(Duration every) {
        Duration grace = every.dividedBy(TENTH);
        return every.plus(grace.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : grace);
    }

    /** The stretches between backups in a row, the newest first; only those that the promise to keep is about. */
    List<Gap> stretches() {
        int looked = promises().keep().isPresent()
                ? Math.min(promises().keep().getAsInt(), generations.size())
                : generations.size();
        List<Gap> stretches = new ArrayList<>();
        for (int i = 0; i + 1 < looked; i++) {
            stretches.add(
                    new Gap(generations.get(i + 1).at(), generations.get(i).at()));
        }
        return stretches;
    }

    /** The stretches that are longer than was promised. */
    List<Gap> gaps() {
        return promises().every().stream()
                .flatMap(every ->
                        stretches().stream().filter(stretch -> stretch.length().compareTo(tolerated(every)) > 0))
                .toList();
    }

    /** The most that could have been lost since the oldest of them was made. */
    Optional<Gap> worstLoss() {
        if (source.log().isPresent() || generations.isEmpty()) {
            return Optional.empty();
        }
        List<Gap> all = new ArrayList<>(stretches());
        all.add(0, new Gap(generations.get(0).at(), now));
        return all.stream().max(Comparator.comparing(Gap::length));
    }

    Problem problem(String what, String remedy) {
        return new Problem(what, place(), remedy);
    }
}
