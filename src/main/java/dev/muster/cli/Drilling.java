package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Progress;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Conclusion;
import dev.muster.orchestrator.Conductor;
import dev.muster.runbook.RunbookText;

/** One drill run from the command line: an interrupt ends it in order, with evidence and without a scratch. */
final class Drilling {
    private final MusterCommand muster;

    Drilling(MusterCommand muster) {
        this.muster = muster;
    }

    /**
     * Runs the drill and hands its conclusion to whoever tells of it.
     *
     * @param told prints the conclusion; an interrupted drill is told of as well
     */
    Conclusion run(Conductor conductor, DrillRequest request, Telling told) throws Exception {
        Cancellation cancellation = new Cancellation();
        return run(progress -> conductor.conduct(request, cancellation, progress), cancellation, told);
    }

    /**
     * Runs what a conductor conducts.
     *
     * @param cancellation what stops it
     */
    Conclusion run(Conducting conducting, Cancellation cancellation, Telling told) throws Exception {
        Progress progress = muster.progress();
        return OnSignal.during(
                () -> {
                    Conclusion conclusion = conducting.with(progress);
                    if (progress instanceof ProgressBars bars) {
                        bars.settle();
                    }
                    return told.of(conclusion);
                },
                () -> cancellation.cancel("its process was asked to end"));
    }

    /** Refuses the drill of a runbook that is at fault, which leaves a mark all the same; the exit code. */
    int refuse(Conductor conductor, RunbookText text) {
        conductor.refuse(text.file().toString(), text.misprints().size(), Requests.user());
        return muster.misprints(text.misprints());
    }

    /** Conducts to a conclusion. */
    interface Conducting {
        Conclusion with(Progress progress) throws Exception;
    }

    /** Tells of a conclusion. */
    interface Telling {
        Conclusion of(Conclusion conclusion) throws Exception;
    }
}
