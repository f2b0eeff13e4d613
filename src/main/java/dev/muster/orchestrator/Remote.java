package dev.muster.orchestrator;

import dev.muster.drill.Progress;
import dev.muster.scratch.Worker;

/** Has the work of a drill done by the worker in a scratch on another machine. */
public interface Remote {

    /** Returns when the work has ended, however it did. */
    WorkDone work(WorkOrder order, Worker worker, Outside outside, Cancellation cancellation, Progress progress)
            throws InterruptedException;
}
