package dev.muster.web;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.schedule.Desk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A desk behind which nobody drills: what is asked for waits until a test says otherwise. */
public final class SmallDesk implements Desk {
    public static final Instant ASKED = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<String, QueuedDrill> drills = new ConcurrentHashMap<>();
    private final Map<String, LiveDrill> live = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<LiveDrill>>> watchers = new ConcurrentHashMap<>();

    @Override
    public QueuedDrill ask(Wish wish, String by, Optional<String> key) {
        String drill = wish.runbook() + "-" + key.orElseGet(() -> Integer.toString(drills.size()));
        return drills.computeIfAbsent(drill, name -> drill(name, wish, by, QueuedDrill.State.WAITING));
    }

    private static QueuedDrill drill(String name, Wish wish, String by, QueuedDrill.State state) {
        return new QueuedDrill(
                name,
                wish.runbook(),
                "shop",
                Optional.empty(),
                1,
                ASKED,
                by,
                DrillRequest.Trigger.OPERATOR,
                wish,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("nobody drills here"),
                Optional.empty());
    }

    private QueuedDrill known(String drill) {
        return find(drill)
                .orElseThrow(
                        () -> new Refusal(Refusal.Reason.UNKNOWN, new Problem("There is no drill " + drill, "", "")));
    }

    @Override
    public QueuedDrill approve(String drill, String by) {
        if (known(drill).askedBy().equals(by)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem("Nobody approves what they asked for", drill, "Ask somebody else."));
        }
        return known(drill);
    }

    @Override
    public QueuedDrill cancel(String drill, String by, String why) {
        QueuedDrill before = known(drill);
        return put(drill(drill, before.wish(), before.askedBy(), QueuedDrill.State.WITHDRAWN));
    }

    public QueuedDrill put(QueuedDrill drill) {
        drills.put(drill.drill(), drill);
        return drill;
    }

    @Override
    public List<QueuedDrill> open() {
        return drills.values().stream().filter(drill -> drill.state().open()).toList();
    }

    @Override
    public Optional<QueuedDrill> find(String drill) {
        return Optional.ofNullable(drills.get(drill));
    }

    @Override
    public Optional<LiveDrill> live(String drill) {
        return Optional.ofNullable(live.get(drill));
    }

    /** A drill is another moment further. */
    public void tell(LiveDrill now) {
        live.put(now.drill(), now);
        watchers.getOrDefault(now.drill(), List.of()).forEach(watcher -> watcher.accept(now));
    }

    public int watchers(String drill) {
        return watchers.getOrDefault(drill, List.of()).size();
    }

    @Override
    public Watching watch(String drill, Consumer<LiveDrill> watcher) {
        List<Consumer<LiveDrill>> all = watchers.computeIfAbsent(drill, name -> new CopyOnWriteArrayList<>());
        all.add(watcher);
        return () -> all.remove(watcher);
    }

    /** What a running drill looks like. */
    public static LiveDrill running(String drill, Instant at, Optional<Verdict> verdict, int lines) {
        List<LiveDrill.Line> said = new ArrayList<>();
        for (int number = 0; number < lines; number++) {
            said.add(new LiveDrill.Line(at, "a line as a drill writes it, with some words, number " + number));
        }
        return new LiveDrill(
                drill,
                at,
                List.of(new LiveDrill.StageSpan(Stage.FETCH, at, Optional.empty())),
                List.of(new LiveDrill.Work(Stage.FETCH, "database", 5, 0, Progress.Unit.BYTES, 2.5)),
                said,
                0,
                verdict);
    }
}
