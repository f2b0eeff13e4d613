package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Progress;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Conclusion;
import dev.muster.orchestrator.Conductor;

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
        Progress progress = muster.progress();
        Cancellation cancellation = new Cancellation();
        return OnSignal.during(
                () -> {
                    Conclusion conclusion = conductor.conduct(request, cancellation, progress);
                    if (progress instanceof ProgressBars bars) {
                        bars.settle();
                    }
                    return told.of(conclusion);
                },
                () -> cancellation.cancel("its process was asked to end"));
    }

    /** Tells of a conclusion. */
    interface Telling {
        Conclusion of(Conclusion conclusion) throws Exception;
    }
}
