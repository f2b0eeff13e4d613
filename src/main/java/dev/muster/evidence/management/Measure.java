package dev.muster.evidence.management;

import dev.muster.outlook.management.PeriodFigures;
import dev.muster.outlook.management.Share;

/** A figure of twelve months, and how it is found. */
enum Measure {
    PASSED(
            "passRate",
            "Restore tests passed",
            "Drills that passed, divided by all that came to a verdict: passed, failed, could not run and aborted. A slot"
                    + " in which no drill ran is in neither, and stands beside it."),
    BACKUPS(
            "backupSuccess",
            "Backups that came back",
            "Backups that came back, divided by all that drills tried to restore, those included from which a drill went"
                    + " back to an older one."),
    RPO(
            "rpoAttainment",
            "Recovery point kept (RPO)",
            "Drills in which each recovery point, of the whole system and of every process, was measured and within its"
                    + " target, divided by all that came to a verdict. What was not measured was not kept."),
    RTO(
            "rtoAttainment",
            "Recovery time kept (RTO)",
            "Drills in which each recovery time, of the whole system and of every process, was measured and within its"
                    + " target, divided by all that came to a verdict. What was not measured was not kept.");

    private final String key;
    private final String title;
    private final String formula;

    Measure(String key, String title, String formula) {
        this.key = key;
        this.title = title;
        this.formula = formula;
    }

    /** Its name in documents. */
    String key() {
        return key;
    }

    String title() {
        return title;
    }

    String formula() {
        return formula;
    }

    Share of(PeriodFigures figures) {
        return switch (this) {
            case PASSED -> figures.restores().rate();
            case BACKUPS -> figures.backups();
            case RPO -> figures.rpo().rate();
            case RTO -> figures.rto().rate();
        };
    }
}
