package dev.muster.orchestrator;

import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Proof;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a drill comes to by its notes. */
record Result(Figure rpo, Figure rto, Map<String, ProcessFigures> processes, Optional<Duration> skew, Verdict verdict) {

    /** @param stopped the verdict that ended the drill early, if one did */
    static Result of(Notes notes, Optional<Verdict> stopped) {
        Measurements measurements = new Measurements(
                notes.request.runbook(),
                notes.request.disaster(),
                notes.planned,
                notes.readings(),
                notes.watermarks(),
                notes.checks());
        Figure rpo = effective(measurements.rpo(), notes.attempts().size());
        Figure rto = measurements.rto();
        Map<String, ProcessFigures> processes = measurements.processes();
        Verdict verdict = Judgement.of(
                stopped.or(() -> walkedBack(notes)).or(() -> caughtTooLittle(notes)),
                notes.checks(),
                rpo,
                rto,
                processes.values());
        return new Result(rpo, rto, processes, measurements.skew(), verdict);
    }

    private static Optional<Verdict> caughtTooLittle(Notes notes) {
        return notes.proof()
                .filter(proof -> proof.control() == Verdict.PASSED)
                .filter(Proof::tooLow)
                .map(low -> Verdict.FAILED);
    }

    /** The newest backup is bad, whichever older one came back after it. */
    private static Optional<Verdict> walkedBack(Notes notes) {
        return notes.attempts().isEmpty() ? Optional.empty() : Optional.of(Verdict.FAILED);
    }

    private static Figure effective(Figure rpo, int attempts) {
        return attempts == 0
                ? rpo
                : new Figure(
                        rpo.target(),
                        rpo.achieved(),
                        rpo.formula() + "; effective, after walking back from " + attempts
                                + (attempts == 1 ? " newer backup" : " newer backups") + " that did not come back",
                        rpo.inputs());
    }
}
