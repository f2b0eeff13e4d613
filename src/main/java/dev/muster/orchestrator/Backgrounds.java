package dev.muster.orchestrator;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Asset;
import dev.muster.drill.Census;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Readings;
import dev.muster.drill.Runbook;
import java.time.Instant;
import java.util.Optional;

/** Gathers what the checks of a drill compare with. */
final class Backgrounds {
    private final Notes notes;
    private final Outside outside;

    Backgrounds(Notes notes, Outside outside) {
        this.notes = notes;
        this.outside = outside;
    }

    /** @param lookBack whether anybody will compare with it */
    Background gather(boolean lookBack) throws InterruptedException {
        Runbook runbook = notes.request.runbook();
        Instant point = Optional.ofNullable(notes.readings().get(Asset.DATABASE))
                .flatMap(Readings::known)
                .orElse(notes.request.disaster());
        Optional<Background.Known> baseline = Optional.empty();
        Optional<Problem> noBaseline = Optional.empty();
        if (lookBack && runbook.baseline().isPresent()) {
            try {
                baseline = Optional.of(outside.baseline(point));
            } catch (CouldNotRun unable) {
                noBaseline = Optional.of(unable.problem());
            }
        }
        return new Background(
                notes.recoveryPoint()
                        .flatMap(chosen -> Optional.ofNullable(chosen.backups().get(Asset.DATABASE)))
                        .map(backup -> backup.object().address()),
                baseline,
                noBaseline,
                lookBack ? last(runbook, point) : Optional.empty(),
                notes.expectedRoles(),
                notes.written(),
                notes.counting());
    }

    private Optional<Census> last(Runbook runbook, Instant point) throws InterruptedException {
        Optional<Census> last = outside.lastCensus(point).or(notes::sound);
        Finding first = new Finding(
                Finding.Severity.NOTE,
                new Problem(
                        "There is no earlier drill to compare the rows of tables with: none of the runbook "
                                + runbook.name() + " has passed with an older backup",
                        runbook.file() + ", check as-the-last-drill",
                        "Nothing to do: from the next drill on, a table that lost much of its rows is named."));
        if (last.isEmpty() && !notes.findings().contains(first)) {
            notes.found(first);
        }
        // A fault is made in what stands for a backup that no drill has seen yet.
        return notes.sound().isPresent() ? last.map(Census::ofAnotherBackup) : last;
    }
}
