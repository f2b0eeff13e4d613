package dev.muster.web.pages;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Long work that one page begins and others look at: done once at a time, and its latest outcome is kept. */
public final class Errand<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);

    private final String name;
    private final Clock clock;
    private volatile State<R> state = new State<>(Optional.empty(), Optional.empty());

    public Errand(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param since when the work began that is being done
     * @param latest what came out the last time
     */
    public record State<R>(Optional<Instant> since, Optional<Outcome<R>> latest) {}

    /**
     * What came out.
     *
     * @param result absent where there was trouble
     */
    public record Outcome<R>(Instant at, Optional<R> result, Optional<Problem> trouble) {}

    public State<R> state() {
        return state;
    }

    /** Begins, unless it is being done already. */
    public synchronized boolean begin(Callable<R> work) {
        if (state.since().isPresent()) {
            return false;
        }
        state = new State<>(Optional.of(clock.instant()), state.latest());
        Thread thread = new Thread(() -> state = new State<>(Optional.empty(), Optional.of(outcome(work))), name);
        // A service that ends does not wait for what can be asked for again.
        thread.setDaemon(true);
        thread.start();
        return true;
    }

    private Outcome<R> outcome(Callable<R> work) {
        try {
            R result = work.call();
            return new Outcome<>(clock.instant(), Optional.of(result), Optional.empty());
        } catch (CouldNotRun unable) {
            return new Outcome<>(clock.instant(), Optional.empty(), Optional.of(unable.problem()));
        } catch (Exception unforeseen) {
            LOG.error("{} failed", name, unforeseen);
            return new Outcome<>(
                    clock.instant(),
                    Optional.empty(),
                    Optional.of(new Problem(
                            "Unforeseen trouble: " + unforeseen, name, "See the log of the service, and report it.")));
        }
    }
}
