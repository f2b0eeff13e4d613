package dev.muster.orchestrator.remote;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** All that a worker has said, kept so that a conversation that broke off can be taken up where it did. */
final class Sayings implements Progress {
    /** How often a piece of work says how far it is. */
    private static final long EVERY_NANOSECONDS = 500_000_000L;

    private final LongSupplier ticks;
    private final List<Said> said = new ArrayList<>();
    private final Map<String, Long> lastAdvance = new HashMap<>();

    Sayings(LongSupplier ticks) {
        this.ticks = ticks;
    }

    synchronized void say(Said what) {
        said.add(what);
        notifyAll();
    }

    /** The saying that follows this number, as soon as there is one; empty when none came within a moment. */
    synchronized Optional<Said.Numbered> after(long number, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        while (said.size() <= number) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return Optional.of(new Said.Numbered(number + 1, said.get(Math.toIntExact(number))));
    }

    @Override
    public void begins(Stage stage) {
        say(new Said.Begins(stage));
    }

    @Override
    public synchronized void advances(String work, long done, long total, Unit unit) {
        long now = ticks.getAsLong();
        Long last = lastAdvance.get(work);
        boolean ended = total > 0 && done >= total;
        if (last == null || ended || now - last >= EVERY_NANOSECONDS) {
            lastAdvance.put(work, now);
            say(new Said.Advances(work, done, total, unit));
        }
    }

    @Override
    public void says(String line) {
        say(new Said.Says(line));
    }
}
