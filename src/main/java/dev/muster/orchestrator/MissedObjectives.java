package dev.muster.orchestrator;

import dev.muster.drill.Figure;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Runbook;
import dev.muster.drill.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says of each objective that was missed by how much, and what can be done about it. */
final class MissedObjectives {
    private static final String LOST =
            "Back up more often, or look why the newest backup is no newer. When the drill was meant for an earlier"
                    + " disaster, name that instant with --at.";
    private static final String SLOW =
            "The report's timeline says what took longest: shorten that, or agree on another objective with the owner.";

    private final Runbook runbook;
    private final List<Problem> problems = new ArrayList<>();

    private MissedObjectives(Runbook runbook) {
        this.runbook = runbook;
    }

    static List<Problem> of(Runbook runbook, Figure rpo, Figure rto, Map<String, ProcessFigures> processes) {
        MissedObjectives missed = new MissedObjectives(runbook);
        missed.judge("The whole system", "objectives", rpo, rto);
        processes.forEach((name, figures) ->
                missed.judge("The process " + name, "processes." + name, figures.rpo(), figures.rto()));
        return List.copyOf(missed.problems);
    }

    private void judge(String who, String key, Figure rpo, Figure rto) {
        judge(who + " would have lost ", key + ".rpo", rpo, LOST);
        judge(who + " would have stood still for ", key + ".rto", rto, SLOW);
    }

    private void judge(String lead, String key, Figure figure, String remedy) {
        figure.target()
                .ifPresent(target -> figure.achieved()
                        .filter(achieved -> achieved.compareTo(target) > 0)
                        .ifPresent(achieved -> problems.add(new Problem(
                                lead + new Span(achieved) + ", and may at most " + new Span(target),
                                key + " in " + runbook.file(),
                                remedy))));
    }
}
