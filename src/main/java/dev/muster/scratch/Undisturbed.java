package dev.muster.scratch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Does what a cancel must not cut short; whoever asked for the cancel is heard afterwards. */
final class Undisturbed {
    private Undisturbed() {}

    /** Does the work, again from its start when an interrupt breaks it. */
    static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.done();
                } catch (InterruptedException | ClosedByInterruptException disturbed) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Work that can be done again from its start. */
    interface Work<T> {
        T done() throws IOException, InterruptedException;
    }
}
