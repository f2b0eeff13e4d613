package dev.muster.web.api;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Verdict;
import dev.muster.evidence.record.Section;
import java.util.Map;
import java.util.Optional;

/** A drill of a series, as a document. */
final class SeriesDocument {
    private SeriesDocument() {}

    static Section of(DrillFigures drill) {
        Section stages = new Section();
        drill.stages().forEach((stage, took) -> stages.with(stage.label(), took));
        Section processes = new Section();
        drill.measured().processes().forEach((name, figures) -> processes.with(name, process(figures)));
        return new Section()
                .with("drill", drill.outcome().drill())
                .with("runbook", drill.outcome().runbook())
                .with("verdict", drill.outcome().verdict().name())
                .with("ended", drill.outcome().ended())
                .with("disaster", drill.disaster())
                .with("whole", drill.measured().system().map(SeriesDocument::process))
                .with("processes", processes)
                .with("stageSeconds", stages)
                .with("bytes", drill.bytes().isPresent() ? drill.bytes().getAsLong() : null)
                .with("machine", drill.machine())
                .with("backupsTried", drill.backupsTried())
                .with("backupsRestored", drill.backupsRestored())
                .with("checks", checks(drill.checks()))
                .with(
                        "detectionScore",
                        drill.detection().isPresent() ? drill.detection().getAsDouble() : null);
    }

    private static Section process(ProcessFigures figures) {
        return new Section().with("rpo", figure(figures.rpo())).with("rto", figure(figures.rto()));
    }

    private static Section figure(Figure figure) {
        return new Section()
                .with("targetSeconds", figure.target())
                .with("achievedSeconds", figure.achieved())
                .with("met", figure.met())
                .with("formula", figure.formula());
    }

    private static Section checks(Map<Verdict, Integer> checks) {
        Section counted = new Section();
        for (Verdict verdict : Verdict.values()) {
            counted.with(
                    verdict.name(), Optional.ofNullable(checks.get(verdict)).orElse(0));
        }
        return counted;
    }
}
