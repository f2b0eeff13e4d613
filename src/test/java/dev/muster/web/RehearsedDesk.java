package dev.muster.web;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Refusal;
import dev.muster.drill.Wish;
import dev.muster.schedule.Desk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A desk behind which nobody drills: its drills do what a test says. */
public final class RehearsedDesk implements Desk {
    private final Instant now;
    private final State asked;
    private final Map<String, QueuedDrill> drills = new ConcurrentSkipListMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, LiveDrill> live = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<LiveDrill>>> watchers = new ConcurrentHashMap<>();

    /** @param asked the state of a drill that somebody has asked for */
    public RehearsedDesk(Instant now, State asked) {
        this.now = now;
        this.asked = asked;
    }

    public QueuedDrill put(String drill, Wish wish, String by, State state) {
        String system = wish.runbook() + "-system";
        QueuedDrill queued = new QueuedDrill(
                drill,
                wish.runbook(),
                system,
                Optional.empty(),
                1,
                now.minusSeconds(90),
                by,
                DrillRequest.Trigger.OPERATOR,
                wish,
                state,
                Optional.empty(),
                Optional.empty(),
                state == State.RUNNING ? Optional.of(now.minusSeconds(60)) : Optional.empty(),
                state == State.WAITING ? Optional.of("another drill of " + system + " runs") : Optional.empty(),
                Optional.empty());
        put(queued);
        return queued;
    }

    public void put(QueuedDrill drill) {
        drills.put(drill.drill(), drill);
    }

    /** A drill that runs looks different now. */
    public void shows(LiveDrill picture) {
        live.put(picture.drill(), picture);
        watchers.getOrDefault(picture.drill(), List.of()).forEach(watcher -> watcher.accept(picture));
    }

    public int watchers(String drill) {
        return watchers.getOrDefault(drill, List.of()).size();
    }

    @Override
    public synchronized QueuedDrill ask(Wish wish, String by, Optional<String> key) {
        String drill = keys.computeIfAbsent(
                by + " " + key.orElse(Integer.toString(keys.size())), none -> wish.runbook() + "-asked-" + keys.size());
        return find(drill).orElseGet(() -> put(drill, wish, by, asked));
    }

    @Override
    public QueuedDrill approve(String drill, String by) {
        QueuedDrill before = known(drill);
        if (before.askedBy().equals(by)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem("Who asked for a drill cannot approve it", drill, "Ask somebody else."));
        }
        return put(drill, before.wish(), before.askedBy(), State.RUNNING);
    }

    @Override
    public QueuedDrill cancel(String drill, String by, String why) {
        QueuedDrill before = known(drill);
        return put(drill, before.wish(), before.askedBy(), State.WITHDRAWN);
    }

    private QueuedDrill known(String drill) {
        return find(drill)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNKNOWN,
                        new Problem("There is no such drill", drill, "Look at the list of drills.")));
    }

    @Override
    public List<QueuedDrill> open() {
        return new ArrayList<>(drills.values())
                .stream().filter(drill -> drill.state().open()).toList();
    }

    @Override
    public Optional<QueuedDrill> find(String drill) {
        return Optional.ofNullable(drills.get(drill));
    }

    @Override
    public Optional<LiveDrill> live(String drill) {
        return Optional.ofNullable(live.get(drill));
    }

    @Override
    public Watching watch(String drill, Consumer<LiveDrill> watcher) {
        List<Consumer<LiveDrill>> all = watchers.computeIfAbsent(drill, name -> new CopyOnWriteArrayList<>());
        all.add(watcher);
        live(drill).ifPresent(watcher);
        return () -> all.remove(watcher);
    }
}
