package dev.muster.web.api;

import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Wish;
import dev.muster.evidence.record.Section;

/** A drill that was asked for, as a document. */
final class QueueDocument {
    private QueueDocument() {}

    static Section of(QueuedDrill drill) {
        return new Section()
                .with("drill", drill.drill())
                .with("runbook", drill.runbook())
                .with("system", drill.system())
                .with("state", drill.state().name())
                .with("slot", drill.slot())
                .with("attempt", drill.attempt())
                .with("askedAt", drill.askedAt())
                .with("askedBy", drill.askedBy())
                .with("trigger", drill.trigger().name())
                .with("wish", wish(drill.wish()))
                .with("approvedBy", drill.approvedBy())
                .with("startedAt", drill.startedAt())
                .with("waitsFor", drill.waitsFor())
                .with("stop", drill.stop());
    }

    private static Section wish(Wish wish) {
        return new Section()
                .with("at", wish.at())
                .with("backups", wish.backups())
                .with("set", wish.overrides())
                .with("keepSeconds", wish.keep());
    }
}
