package dev.muster.telling.metrics;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Verdict;
import java.util.List;

/** What the last drill of each runbook found. */
final class DrillFamilies {
    private final Family ended = drill("muster_drill_last_end_timestamp_seconds", "When the last drill ended.");
    private final Family verdict =
            drill("muster_drill_last_verdict", "How the last drill ended: 1 for the verdict that holds.", "verdict");
    private final Family rpo = drill(
            "muster_drill_rpo_achieved_seconds",
            "How much would have been lost; absent when the last drill has not measured it.",
            "process");
    private final Family rpoTarget =
            drill("muster_drill_rpo_target_seconds", "How much may be lost, as the last drill had it.", "process");
    private final Family rto = drill(
            "muster_drill_rto_achieved_seconds",
            "How long it took until all was back; absent when the last drill has not measured it.",
            "process");
    private final Family rtoTarget =
            drill("muster_drill_rto_target_seconds", "How long it may take, as the last drill had it.", "process");
    private final Family stages =
            drill("muster_drill_stage_seconds", "How long each stage of the last drill took.", "stage");
    private final Family bytes = drill("muster_drill_fetched_bytes", "How much the last drill fetched from vaults.");
    private final Family detection = drill(
            "muster_drill_detection_ratio",
            "Which part of the faults its checks caught when they were proven last; absent when they never were.");

    private static Family drill(String name, String help, String... more) {
        String[] labels = new String[more.length + 2];
        labels[0] = "system";
        labels[1] = "runbook";
        System.arraycopy(more, 0, labels, 2, more.length);
        return new Family(name, help, labels);
    }

    /**
     * Adds what a runbook found last, and last of its checks.
     *
     * @param drills one or two, the older first
     */
    void add(List<DrillFigures> drills) {
        add(drills.get(drills.size() - 1));
        drills.stream()
                .filter(drill -> drill.detection().isPresent())
                .reduce((older, newer) -> newer)
                .ifPresent(proven -> detection.add(
                        proven.detection().orElseThrow(),
                        proven.outcome().system(),
                        proven.outcome().runbook()));
    }

    private void add(DrillFigures drill) {
        String system = drill.outcome().system();
        String runbook = drill.outcome().runbook();
        ended.add(drill.outcome().ended(), system, runbook);
        for (Verdict each : Verdict.values()) {
            verdict.add(each == drill.outcome().verdict(), system, runbook, Sources.label(each));
        }
        drill.measured().system().ifPresent(whole -> add(whole, system, runbook, ""));
        drill.measured().processes().forEach((process, figures) -> add(figures, system, runbook, process));
        drill.stages().forEach((stage, took) -> stages.add(took, system, runbook, stage.label()));
        drill.bytes().ifPresent(fetched -> bytes.add(fetched, system, runbook));
    }

    private void add(ProcessFigures figures, String... of) {
        add(figures.rpo(), rpo, rpoTarget, of);
        add(figures.rto(), rto, rtoTarget, of);
    }

    private static void add(Figure figure, Family achieved, Family target, String... of) {
        figure.achieved().ifPresent(took -> achieved.add(took, of));
        figure.target().ifPresent(limit -> target.add(limit, of));
    }

    List<Family> families() {
        return List.of(ended, verdict, rpo, rpoTarget, rto, rtoTarget, stages, bytes, detection);
    }
}
