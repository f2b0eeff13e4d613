package dev.muster.cli;

import java.net.URI;

/** The service while it is up: schedule, API and pages. */
public interface Serving extends AutoCloseable {
    /** Where its pages are. */
    URI address();

    /** How many drills run in this process. */
    int running();

    /** Does not wait any longer for drills that run, when it is being ended. */
    void hurry();

    /** Ends it in order: nothing new begins, what runs gets its time of grace and is then stopped, with evidence. */
    @Override
    void close();
}
