package dev.muster.outlook.management;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Slot;

/**
 * What the drills of a period come to.
 *
 * @param backups those that came back, of those that drills tried to restore
 */
public record PeriodFigures(Restores restores, Share backups, Attainment rpo, Attainment rto) {
    static final PeriodFigures NONE = new PeriodFigures(Restores.NONE, Share.NONE, Attainment.NONE, Attainment.NONE);

    static PeriodFigures of(DrillFigures drill) {
        return new PeriodFigures(
                Restores.of(drill.outcome().verdict()),
                new Share(drill.backupsRestored(), drill.backupsTried()),
                Attainment.of(drill.measured(), ProcessFigures::rpo),
                Attainment.of(drill.measured(), ProcessFigures::rto));
    }

    static PeriodFigures of(Slot slot) {
        return new PeriodFigures(Restores.without(slot.state()), Share.NONE, Attainment.NONE, Attainment.NONE);
    }

    PeriodFigures plus(PeriodFigures other) {
        return new PeriodFigures(
                restores.plus(other.restores), backups.plus(other.backups), rpo.plus(other.rpo), rto.plus(other.rto));
    }
}
