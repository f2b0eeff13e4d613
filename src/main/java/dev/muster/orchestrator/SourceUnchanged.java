package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Proves after a drill that the vault still holds the very objects that were read: a drill changes no backup. */
final class SourceUnchanged {
    static final String NAME = "source-unchanged";

    private static final String UNCHANGED = "same size, ETag and version";
    private static final int MOST_SHOWN = 20;

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
        Map<Asset, List<ObjectRead>> byAsset = notes.objectsRead().stream()
                .collect(Collectors.groupingBy(ObjectRead::asset, TreeMap::new, Collectors.toList()));
        List<ObjectRead> seen = new ArrayList<>();
        for (Map.Entry<Asset, List<ObjectRead>> of : byAsset.entrySet()) {
            try {
                List<ObjectRead> again = lookAgain(of.getValue());
                seen.addAll(again);
                observe(notes, of.getKey(), again, observations);
                changed = changed.or(() -> again.stream()
                        .filter(one -> !one.unchanged() && !isRewritten(notes, one))
                        .findFirst()
                        .map(SourceUnchanged::changed));
            } catch (CouldNotRun unreachable) {
                seen.addAll(of.getValue());
                unable = Optional.of(unreachable.problem());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        notes.lookedAgain(seen);
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
        return read.after().isPresent()
                && notes.recoveryPoint()
                        .flatMap(point -> Optional.ofNullable(point.backups().get(read.asset())))
                        .filter(backup -> backup.source().format().rewrites(read.before()))
                        .isPresent();
    }

    private List<ObjectRead> lookAgain(List<ObjectRead> reads) throws InterruptedException {
        Map<StoredObject, StoredObject> now =
                vaults.lookAgain(reads.stream().map(ObjectRead::before).toList());
        return reads.stream()
                .map(read -> read.seenAfterwards(Optional.ofNullable(now.get(read.before()))))
                .toList();
    }

    /** Each object for itself, unless they are too many for a reader; then only those that are not what they were. */
    private static void observe(Notes notes, Asset asset, List<ObjectRead> again, Map<String, String> observations) {
        long same = again.stream().filter(ObjectRead::unchanged).count();
        boolean many = again.size() > MOST_SHOWN;
        if (many) {
            observations.put(same + " of " + again.size() + " objects of the " + asset.label(), UNCHANGED);
        }
        again.stream()
                .filter(one -> !many || !one.unchanged())
                .limit(MOST_SHOWN)
                .forEach(one -> observations.put(one.before().address(), word(notes, one)));
    }

    private static String word(Notes notes, ObjectRead read) {
        if (read.unchanged()) {
            return UNCHANGED;
        }
        return isRewritten(notes, read) ? "rewritten since then, as this index is with every backup" : "changed";
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
