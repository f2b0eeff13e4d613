package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The backups of one asset as they lie in their vault, and whether they lie there as promised.
 *
 * @param candidates everything under the prefix, each looked into, the newest first
 * @param gaps stretches between backups that are longer than was promised, the newest first
 * @param worstLoss the longest stretch between two backups in a row, or since the newest; absent where a log lies
 *     between them, or nothing does
 * @param lockedUntil until when the vault lets nobody change or delete an object, by key
 */
public record VaultState(
        BackupSource source,
        List<Candidate> candidates,
        List<Gap> gaps,
        Optional<Gap> worstLoss,
        Map<String, Instant> lockedUntil,
        List<VaultAnswer> answers) {
    public VaultState {
        candidates = List.copyOf(candidates);
        gaps = List.copyOf(gaps);
        lockedUntil = Collections.unmodifiableMap(new TreeMap<>(lockedUntil));
        answers = List.copyOf(answers);
    }

    /** A stretch of time that no backup is good for. */
    public record Gap(Instant from, Instant to) {
        public Duration length() {
            return Duration.between(from, to);
        }

        @Override
        public String toString() {
            return new Span(length()) + ", from " + from + " to " + to;
        }
    }
}
