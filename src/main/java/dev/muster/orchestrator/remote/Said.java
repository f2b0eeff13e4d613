package dev.muster.orchestrator.remote;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.orchestrator.WorkDone;
import java.time.Instant;

/** What a worker says. Each saying has a number, so that those who missed some can ask for the rest. */
sealed interface Said {

    /** A saying and its number; the first one has number 1. */
    record Numbered(long number, Said said) {}

    /**
     * The first word: who is there.
     *
     * @param now the worker's clock
     */
    record Ready(String version, Instant now) implements Said {}

    /** A stage begins. */
    record Begins(Stage stage) implements Said {}

    /** A piece of work has come this far. */
    record Advances(String work, long done, long total, Progress.Unit unit) implements Said {}

    /** Something worth a line. */
    record Says(String line) implements Said {}

    /** The worker needs what only the other side can do or knows, and waits for it. */
    record Asks(long question, Question what) implements Said {}

    /** The work has ended; nothing follows. */
    record Ended(WorkDone work) implements Said {}
}
