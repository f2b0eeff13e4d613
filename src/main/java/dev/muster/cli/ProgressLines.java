package dev.muster.cli;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Progress as lines, for logs and pipes: each stage, and each piece of work every few seconds and at its end. */
final class ProgressLines implements Progress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream err;
    private final Clock clock;
    private Optional<Stage> current = Optional.empty();
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, Instant> shown = new HashMap<>();

    ProgressLines(PrintStream err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public synchronized void begins(Stage stage) {
        if (current.filter(stage::equals).isEmpty()) {
            current = Optional.of(stage);
            err.println("[" + stage.label() + "]");
        }
    }

    @Override
    public synchronized void advances(String work, long done, long total, Unit unit) {
        Instant now = clock.instant();
        Rate rate = new Rate(work, unit, since.computeIfAbsent(work, first -> now), now, done, total);
        Instant last = shown.computeIfAbsent(work, first -> now);
        if (rate.finished() || Duration.between(last, now).compareTo(BETWEEN_LINES) >= 0) {
            shown.put(work, rate.finished() ? Instant.MAX.minus(BETWEEN_LINES) : now);
            if (!last.isAfter(now)) {
                err.println("  " + rate);
            }
        }
    }

    @Override
    public synchronized void says(String line) {
        err.println("  " + line);
    }
}
