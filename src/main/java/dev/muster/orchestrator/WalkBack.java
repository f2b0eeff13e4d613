package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CheckResult;
import dev.muster.drill.OnFailure;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From a backup that did not come back to the newest one before it, where the runbook wants that. */
final class WalkBack {
    private static final int MOST = 5;

    private final Notes notes;

    WalkBack(Notes notes) {
        this.notes = notes;
    }

    /** A backup that cannot be fetched as it was stored ends this attempt instead of the drill. */
    void from(Asset asset, BadBackup bad) throws BadBackup, NotRestored {
        if (wanted(asset)) {
            throw new NotRestored(holder(asset), bad.problem());
        }
        throw bad;
    }

    /** A restore that failed ends this attempt; without that, the drill goes on and notes what it cannot do. */
    void from(Asset asset, List<CheckResult> restore) throws NotRestored {
        Optional<Problem> problem = restore.stream()
                .filter(check -> check.verdict() == Verdict.FAILED)
                .flatMap(check -> check.problem().stream())
                .findFirst();
        if (problem.isPresent() && wanted(asset)) {
            throw new NotRestored(holder(asset), problem.get());
        }
    }

    /** Notes the attempt that failed, and that the drill has failed with it. */
    void note(NotRestored failed, Optional<TeardownReceipt> teardown) {
        Problem problem = failed.problem();
        notes.trouble(new Problem(
                "The chosen backup of the " + failed.asset().label()
                        + " did not come back, and the drill walked back from it: " + problem.what(),
                problem.where(),
                problem.remedy()));
        notes.walkedBack(failed.asset(), problem, teardown);
    }

    /** The backups that are out of the question now, by their addresses, each with the reason. */
    Map<String, String> tried() {
        return notes.attempts().stream()
                .filter(attempt -> attempt.failed().isPresent())
                .collect(Collectors.toMap(
                        attempt -> attempt.failed().orElseThrow().object().address(),
                        attempt -> "It did not come back in this drill's attempt " + attempt.number() + ": "
                                + attempt.problem().what(),
                        (one, again) -> one));
    }

    private boolean wanted(Asset asset) {
        Asset holder = holder(asset);
        return source(holder)
                        .filter(source -> source.onFailure() == OnFailure.PREVIOUS)
                        .isPresent()
                && !notes.request.named().containsKey(holder)
                && notes.attempts().size() < MOST;
    }

    /** What lies within the backup of another asset comes and goes with that one. */
    private Asset holder(Asset asset) {
        return source(asset).flatMap(BackupSource::within).orElse(asset);
    }

    private Optional<BackupSource> source(Asset asset) {
        return Optional.ofNullable(notes.request.runbook().backups().get(asset));
    }
}
