package dev.muster.web.browser;

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

/** A desk whose drills do what a test says. */
final class RehearsedDesk implements Desk {
    private final Instant now;
    private final Map<String, QueuedDrill> drills = new ConcurrentSkipListMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, LiveDrill> live = new ConcurrentHashMap<>();
    private final List<Consumer<LiveDrill>> watchers = new CopyOnWriteArrayList<>();

    RehearsedDesk(Instant now) {
        this.now = now;
    }

    QueuedDrill put(String drill, String by, State state) {
        QueuedDrill queued = new QueuedDrill(
                drill,
                "trial",
                "trial-system",
                Optional.empty(),
                1,
                now.minusSeconds(90),
                by,
                DrillRequest.Trigger.OPERATOR,
                Wish.of("trial"),
                state,
                Optional.empty(),
                Optional.empty(),
                state == State.RUNNING ? Optional.of(now.minusSeconds(60)) : Optional.empty(),
                state == State.WAITING ? Optional.of("another drill of trial-system runs") : Optional.empty(),
                Optional.empty());
        drills.put(drill, queued);
        return queued;
    }

    /** A drill that runs looks different now. */
    void shows(LiveDrill picture) {
        live.put(picture.drill(), picture);
        watchers.forEach(watcher -> watcher.accept(picture));
    }

    @Override
    public synchronized QueuedDrill ask(Wish wish, String by, Optional<String> key) {
        String drill = keys.computeIfAbsent(
                by + key.orElse(Integer.toString(keys.size())), none -> wish.runbook() + "-asked-" + keys.size());
        return drills.containsKey(drill) ? drills.get(drill) : put(drill, by, State.AWAITING_APPROVAL);
    }

    @Override
    public QueuedDrill approve(String drill, String by) {
        if (known(drill).askedBy().equals(by)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    new Problem("Who asked for a drill cannot approve it", drill, "Ask somebody else."));
        }
        return put(drill, known(drill).askedBy(), State.RUNNING);
    }

    @Override
    public QueuedDrill cancel(String drill, String by, String why) {
        return put(drill, known(drill).askedBy(), State.WITHDRAWN);
    }

    private QueuedDrill known(String drill) {
        return find(drill)
                .orElseThrow(
                        () -> new Refusal(Refusal.Reason.UNKNOWN, new Problem("There is no such drill", drill, "")));
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
        Consumer<LiveDrill> own = picture -> {
            if (picture.drill().equals(drill)) {
                watcher.accept(picture);
            }
        };
        watchers.add(own);
        live(drill).ifPresent(watcher);
        return () -> watchers.remove(own);
    }
}
