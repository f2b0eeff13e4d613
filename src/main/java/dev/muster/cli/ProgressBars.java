package dev.muster.cli;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Progress on a terminal: the stage, and below it one bar for each piece of work that is under way. */
final class ProgressBars implements Progress {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final int CELLS = 24;
    private static final String ERASE_LINE = "\u001b[2K";

    private final PrintStream err;
    private final Clock clock;
    private final Map<String, Rate> works = new LinkedHashMap<>();
    private Optional<Stage> current = Optional.empty();
    private Instant drawn = Instant.EPOCH;
    private int linesDrawn;

    ProgressBars(PrintStream err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public synchronized void begins(Stage stage) {
        if (current.filter(stage::equals).isPresent()) {
            return;
        }
        settle();
        current = Optional.of(stage);
        err.println("\u001b[1m" + stage.label() + "\u001b[0m");
    }

    @Override
    public synchronized void advances(String work, long done, long total, Unit unit) {
        Instant now = clock.instant();
        Instant since = works.containsKey(work) ? works.get(work).since() : now;
        Rate rate = new Rate(work, unit, since, now, done, total);
        works.put(work, rate);
        if (rate.finished() || Duration.between(drawn, now).compareTo(BETWEEN_DRAWINGS) >= 0) {
            draw();
            drawn = now;
        }
    }

    @Override
    public synchronized void says(String line) {
        erase();
        err.println("  " + line);
        draw();
    }

    /** Leaves the bars of the stage that ends standing as they are. */
    synchronized void settle() {
        draw();
        works.clear();
        linesDrawn = 0;
        err.flush();
    }

    private void draw() {
        erase();
        works.values().forEach(rate -> err.println("  " + bar(rate) + rate));
        linesDrawn = works.size();
        err.flush();
    }

    private void erase() {
        for (int line = 0; line < linesDrawn; line++) {
            err.print("\u001b[1A" + ERASE_LINE);
        }
        linesDrawn = 0;
    }

    private static String bar(Rate rate) {
        if (rate.total() <= 0) {
            return "";
        }
        int full = (int) Math.round(rate.share() * CELLS);
        return "━".repeat(full) + "╌".repeat(CELLS - full) + " ";
    }
}
