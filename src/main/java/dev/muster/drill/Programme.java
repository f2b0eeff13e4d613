package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What surrounds one drill: all the others.
 *
 * @param organisation whose programme it is
 * @param since from when on drills are counted
 * @param system the drills of this system, this one included
 * @param all the drills of all systems, this one included
 * @param systems how many systems the ledger knows
 * @param proven how many of them had a drill that passed in that time
 * @param tries every drill of this runbook for this disaster instant, this one included, the first one first
 * @param trend the last drills of this runbook, this one included, the latest one last
 * @param forecasts what all of them, this one included, let one expect of its system; none while they are too few
 */
public record Programme(
        Optional<String> organisation,
        Instant since,
        Counts system,
        Counts all,
        int systems,
        int proven,
        List<Try> tries,
        List<Past> trend,
        List<Forecast> forecasts) {
    public Programme {
        tries = List.copyOf(tries);
        trend = List.copyOf(trend);
        forecasts = List.copyOf(forecasts);
    }

    /** The same with what is to be expected. */
    public Programme with(List<Forecast> expected) {
        return new Programme(organisation, since, system, all, systems, proven, tries, trend, expected);
    }

    /** The drill that this one is done again for; absent for the first try. */
    public Optional<String> supersedes() {
        return tries.size() < 2
                ? Optional.empty()
                : Optional.of(tries.get(tries.size() - 2).drill());
    }

    /** How many drills came to what. Those that are still open are planned, and nothing else. */
    public record Counts(
            int planned, int run, int passed, int failed, int couldNotRun, int aborted, int missed, int refused) {}

    /**
     * One drill for a disaster instant.
     *
     * @param outcome a verdict, or how else the ledger says that it ended; absent while it is open
     */
    public record Try(String drill, Instant planned, Optional<String> outcome) {}

    /** One drill of the past. */
    public record Past(String drill, Instant ended, Verdict verdict, Optional<Duration> rpo, Optional<Duration> rto) {}
}
