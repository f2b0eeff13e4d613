package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proves after a drill that the vault still holds the very objects that were read: a drill changes no backup. */
final class SourceUnchanged {
    static final String NAME = "source-unchanged";

    private final Vaults vaults;
    private final Clock clock;

    SourceUnchanged(Vaults vaults, Clock clock) {
        this.vaults = vaults;
        this.clock = clock;
    }

    void check(Notes notes) {
        if (notes.objectsRead().isEmpty()) {
            return;
        }
        Instant from = clock.instant();
        Map<String, String> observations = new LinkedHashMap<>();
        Optional<Problem> changed = Optional.empty();
        Optional<Problem> unable = Optional.empty();
        for (ObjectRead read : notes.objectsRead()) {
            StoredObject before = read.before();
            try {
                ObjectRead again = read.seenAfterwards(vaults.lookAgain(before));
                notes.lookedAgain(again);
                if (again.unchanged()) {
                    observations.put(before.address(), "same size, ETag and version");
                } else if (again.after().isPresent() && isRewritten(notes, again)) {
                    observations.put(before.address(), "rewritten since then, as this index is with every backup");
                } else {
                    observations.put(before.address(), "changed");
                    changed = Optional.of(changed(again));
                }
            } catch (CouldNotRun unreachable) {
                unable = Optional.of(unreachable.problem());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        Verdict verdict =
                changed.isPresent() ? Verdict.FAILED : unable.isPresent() ? Verdict.COULD_NOT_RUN : Verdict.PASSED;
        Optional<Problem> unanswered = unable;
        notes.checked(List.of(new CheckResult(
                NAME,
                "after the drill",
                verdict,
                from,
                clock.instant(),
                observations,
                changed.or(() -> unanswered),
                List.of())));
    }

    private static boolean isRewritten(Notes notes, ObjectRead read) {
        return notes.recoveryPoint()
                .flatMap(point -> Optional.ofNullable(point.backups().get(read.asset())))
                .filter(backup -> backup.source().format().rewrites(read.before()))
                .isPresent();
    }

    private static Problem changed(ObjectRead read) {
        StoredObject before = read.before();
        String now = read.after()
                .map(after -> "it now has ETag " + after.etag() + " and " + after.size() + " bytes")
                .orElse("it is gone");
        return new Problem(
                "The backup was changed while the drill used it: " + now + ", and was read with ETag " + before.etag()
                        + " and " + before.size() + " bytes",
                before.address(),
                "Muster only reads. Find out who writes or deletes here, and consider versioning with object lock.");
    }
}
