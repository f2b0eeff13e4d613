package dev.muster.schedule.live;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A piece of work as it is counted. The drill writes two numbers; whoever looks finds out the rate. */
final class Counter {
    private static final Duration LATELY = Duration.ofSeconds(5);

    private final Stage stage;
    private final String name;
    private final Progress.Unit unit;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile long done;
    private volatile long total;

    Counter(Stage stage, String name, Progress.Unit unit) {
        this.stage = stage;
        this.name = name;
        this.unit = unit;
    }

    private record Sample(Instant at, long done) {}

    void reaches(long reached, long of) {
        done = reached;
        total = of;
    }

    String name() {
        return name;
    }

    boolean finished() {
        return total > 0 && done >= total;
    }

    /** How it looks now; asked by one thread at a time. */
    LiveDrill.Work look(Instant now) {
        Sample latest = new Sample(now, done);
        samples.addLast(latest);
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), now).compareTo(LATELY) > 0) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = Duration.between(first.at(), now).toNanos() / 1e9;
        double rate = seconds > 0 ? Math.max(0, latest.done() - first.done()) / seconds : 0;
        return new LiveDrill.Work(stage, name, latest.done(), total, unit, rate);
    }
}
