package dev.muster.schedule.live;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a running drill says of itself. It costs the drill next to nothing, however many watch. */
public final class LiveProgress implements Progress {
    private static final int MOST_LINES = 500;
    private static final int MOST_SPANS = 200;
    private static final int MOST_WORKS = 300;
    private static final int LONGEST_LINE = 2000;

    private final String drill;
    private final Clock clock;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final List<Counter> inOrder = new ArrayList<>();
    private final List<LiveDrill.StageSpan> stages = new ArrayList<>();
    private final Deque<LiveDrill.Line> lines = new ArrayDeque<>();
    private long earlierLines;
    private volatile boolean changed = true;

    public LiveProgress(String drill, Clock clock) {
        this.drill = drill;
        this.clock = clock;
    }

    @Override
    public synchronized void begins(Stage stage) {
        Optional<LiveDrill.StageSpan> last = last();
        if (last.filter(span -> span.stage() == stage).isPresent() || stages.size() >= MOST_SPANS) {
            return;
        }
        Instant now = clock.instant();
        end(now);
        stages.add(new LiveDrill.StageSpan(stage, now, Optional.empty()));
        changed = true;
    }

    private Optional<LiveDrill.StageSpan> last() {
        return stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(stages.size() - 1));
    }

    private void end(Instant now) {
        last().filter(span -> span.to().isEmpty())
                .ifPresent(span -> stages.set(
                        stages.size() - 1, new LiveDrill.StageSpan(span.stage(), span.from(), Optional.of(now))));
    }

    @Override
    public void advances(String work, long done, long total, Unit unit) {
        Counter counter = counters.get(work);
        if (counter == null) {
            counter = begun(work, unit);
        }
        counter.reaches(done, total);
        changed = true;
    }

    private synchronized Counter begun(String work, Unit unit) {
        Counter known = counters.get(work);
        if (known != null) {
            return known;
        }
        Counter counter = new Counter(last().map(LiveDrill.StageSpan::stage).orElse(Stage.PLAN), work, unit);
        if (inOrder.size() >= MOST_WORKS) {
            Counter oldest =
                    inOrder.stream().filter(Counter::finished).findFirst().orElse(inOrder.get(0));
            inOrder.remove(oldest);
            counters.remove(oldest.name());
        }
        inOrder.add(counter);
        counters.put(work, counter);
        return counter;
    }

    @Override
    public synchronized void says(String line) {
        if (lines.size() >= MOST_LINES) {
            lines.removeFirst();
            earlierLines++;
        }
        String text = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " …" : line;
        lines.addLast(new LiveDrill.Line(clock.instant(), text));
        changed = true;
    }

    /** Whether something was said since the last picture. */
    boolean changed() {
        return changed;
    }

    synchronized LiveDrill picture(Optional<Verdict> verdict) {
        changed = false;
        Instant now = clock.instant();
        if (verdict.isPresent()) {
            end(now);
        }
        Collection<LiveDrill.Work> works =
                inOrder.stream().map(counter -> counter.look(now)).toList();
        return new LiveDrill(drill, now, stages, List.copyOf(works), List.copyOf(lines), earlierLines, verdict);
    }
}
