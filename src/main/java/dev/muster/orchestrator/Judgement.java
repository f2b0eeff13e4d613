package dev.muster.orchestrator;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Derives a drill's verdict from what was observed. What is unknown is never passed, and what is bad outweighs what is
 * unknown.
 */
final class Judgement {
    private Judgement() {}

    /**
     * @param stopped the verdict that ended the drill early, if one did
     */
    static Verdict of(
            Optional<Verdict> stopped,
            List<CheckResult> checks,
            Figure rpo,
            Figure rto,
            Collection<ProcessFigures> processes) {
        if (stopped.filter(Verdict.ABORTED::equals).isPresent()) {
            return Verdict.ABORTED;
        }
        List<Figure> figures = new ArrayList<>(List.of(rpo, rto));
        processes.forEach(process -> {
            figures.add(process.rpo());
            figures.add(process.rto());
        });
        boolean bad = stopped.filter(Verdict.FAILED::equals).isPresent()
                || checks.stream().anyMatch(check -> check.verdict() == Verdict.FAILED)
                || figures.stream().anyMatch(figure -> figure.met().equals(Optional.of(false)));
        if (bad) {
            return Verdict.FAILED;
        }
        boolean unknown = stopped.isPresent()
                || checks.isEmpty()
                || checks.stream().anyMatch(check -> check.verdict() != Verdict.PASSED)
                || figures.stream().anyMatch(figure -> figure.met().isEmpty());
        return unknown ? Verdict.COULD_NOT_RUN : Verdict.PASSED;
    }
}
