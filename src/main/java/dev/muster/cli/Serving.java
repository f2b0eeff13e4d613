package dev.muster.cli;

import dev.muster.drill.Secret;
import java.net.URI;
import java.util.Optional;

/** The service while it is up: schedule, API and pages. */
public interface Serving extends AutoCloseable {
    /** Where its pages are. */
    URI address();

    /** The password of the first administrator, when there has been nobody so far; it is shown once. */
    Optional<Secret> firstPassword();

    /** From now on no drill begins in this process; how many still run. */
    int beginNothingMore();

    /** Does not wait any longer for drills that run, when it is being ended. */
    void hurry();

    /** Ends it in order: nothing new begins, what runs gets its time of grace and is then stopped, with evidence. */
    @Override
    void close();
}
