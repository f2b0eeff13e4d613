package dev.muster.scratch;

import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** The Muster that works within a scratch on another machine, as seen from the one that conducts the drill. */
public interface Worker {

    /**
     * Opens a conversation, or takes it up again after it broke off: the worker goes on in between.
     *
     * @throws IOException when it cannot be reached at the moment
     */
    Conversation talk() throws IOException;

    /** Why there is nobody to talk to any more, whoever tries; empty as long as it may only be a matter of time. */
    Optional<Problem> gone();

    /** Takes back what the scratch was allowed to reach for fetching; from then on nothing leads out of it. */
    void cutOff();

    /** What runs beside the scratch. */
    Companions companions();

    /** Lines of text in both directions. */
    interface Conversation extends AutoCloseable {
        /** What the worker says. Ends when the conversation breaks off. */
        InputStream hears();

        OutputStream says();

        @Override
        void close();
    }
}
