package dev.muster.people.password;

import dev.muster.catalog.people.Tries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How fast passwords may be tried: after a few tries in vain there is a pause before the next, which grows and stays
 * bounded, for each name and each address. Nobody is ever locked out, and a browser in which somebody has signed in before
 * is not held up by what strangers try with their name.
 */
public final class Pace {
    private static final int FREE = 4;
    private static final int GROWS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Tries tries;
    private final Clock clock;

    public Pace(Tries tries, Clock clock) {
        this.tries = tries;
        this.clock = clock;
    }

    /**
     * Counts a try as one in vain, until {@link #succeeded} says that it was not.
     *
     * @param browser names a browser in which this person has signed in before
     * @return absent when the try may be made; else how long to wait
     */
    public Optional<Duration> take(String name, String address, Optional<String> browser) {
        // A database rounds finer instants up as well, and a first try would have to wait for its own moment.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return tries.take(subjects(name, address, browser), now, Pace::pause, MEMORY)
                .map(until -> Duration.between(now, until));
    }

    public void succeeded(String name, String address, Optional<String> browser) {
        tries.forget(subjects(name, address, browser));
    }

    /** Forgets what was tried with a name. */
    public void forget(String name) {
        tries.forget(List.of("name " + name));
    }

    public void forgetOld() {
        tries.forgetOlder(clock.instant().minus(MEMORY));
    }

    private static List<String> subjects(String name, String address, Optional<String> browser) {
        if (browser.isPresent()) {
            return List.of("browser " + browser.get());
        }
        return List.of("name " + name, "address " + address);
    }

    static Duration pause(int failed) {
        if (failed <= FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failed - FREE - 1, GROWS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
