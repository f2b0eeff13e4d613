package dev.muster.schedule.live;

import dev.muster.catalog.queue.Pictures;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Verdict;
import dev.muster.schedule.Desk;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who watch drills from this process. One thread takes one picture for all of them, a few times a second, and keeps
 * it once a second for those who watch elsewhere.
 */
public final class Audience implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(250);
    private static final int PICTURES_A_SECOND = 4;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Pictures pictures;
    private final Clock clock;
    private final Map<String, LiveProgress> here = new ConcurrentHashMap<>();
    private final Map<String, LiveDrill> latest = new ConcurrentHashMap<>();
    private final Map<String, LiveDrill> elsewhere = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<LiveDrill>>> watchers = new ConcurrentHashMap<>();
    private final Rounds rounds = new Rounds("audience");
    private int looks;

    public Audience(Pictures pictures, Clock clock) {
        this.pictures = pictures;
        this.clock = clock;
        rounds.every(BETWEEN_PICTURES, this::look);
    }

    /** A drill begins in this process. */
    public LiveProgress begins(String drill) {
        LiveProgress progress = new LiveProgress(drill, clock);
        latest.put(drill, progress.picture(Optional.empty()));
        here.put(drill, progress);
        return progress;
    }

    /** A drill of this process has ended; its last picture stays for a while. */
    public void ended(String drill, Verdict verdict) {
        Optional.ofNullable(here.remove(drill)).ifPresent(progress -> {
            LiveDrill last = progress.picture(Optional.of(verdict));
            latest.put(drill, last);
            rounds.once(() -> {
                keep(last);
                tell(last);
                latest.remove(drill);
            });
        });
    }

    /** The process of a drill is gone, and with it everything that it did not say in time. */
    public void lost(String drill) {
        pictures.find(drill)
                .filter(picture -> picture.verdict().isEmpty())
                .ifPresent(picture -> pictures.keep(new LiveDrill(
                        drill,
                        clock.instant(),
                        picture.stages(),
                        picture.works(),
                        picture.lines(),
                        picture.earlierLines(),
                        Optional.of(Verdict.ABORTED))));
    }

    public Optional<LiveDrill> live(String drill) {
        return Optional.ofNullable(latest.get(drill)).or(() -> pictures.find(drill));
    }

    public Desk.Watching watch(String drill, Consumer<LiveDrill> watcher) {
        watchers.computeIfAbsent(drill, none -> new CopyOnWriteArrayList<>()).add(watcher);
        rounds.once(() -> live(drill).ifPresent(picture -> tell(watcher, picture)));
        return () -> watchers.computeIfPresent(drill, (name, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
    }

    private void look() {
        boolean fullSecond = looks++ % PICTURES_A_SECOND == 0;
        here.forEach((drill, progress) -> quietly(() -> {
            boolean watched = watchers.containsKey(drill);
            // A rate sinks also while nothing is said.
            if (fullSecond || (watched && progress.changed())) {
                LiveDrill picture = progress.picture(Optional.empty());
                latest.computeIfPresent(drill, (name, before) -> picture);
                if (fullSecond) {
                    keep(picture);
                }
                tell(picture);
            }
        }));
        if (fullSecond) {
            watchers.keySet().stream()
                    .filter(drill -> !here.containsKey(drill))
                    .forEach(drill -> quietly(() -> lookElsewhere(drill)));
        }
    }

    private void lookElsewhere(String drill) {
        pictures.find(drill)
                .filter(picture -> !picture.equals(elsewhere.put(drill, picture)))
                .ifPresent(this::tell);
    }

    private void keep(LiveDrill picture) {
        quietly(() -> pictures.keep(picture));
    }

    private void tell(LiveDrill picture) {
        watchers.getOrDefault(picture.drill(), List.of()).forEach(watcher -> tell(watcher, picture));
    }

    private static void tell(Consumer<LiveDrill> watcher, LiveDrill picture) {
        try {
            watcher.accept(picture);
        } catch (RuntimeException gone) {
            LOG.debug("somebody who watches could not be told", gone);
        }
    }

    /** Forgets the pictures of drills that ended a while ago. */
    public void tidy() {
        pictures.forgetBefore(clock.instant().minus(KEPT));
        elsewhere.keySet().retainAll(watchers.keySet());
    }

    /** What goes wrong with one drill keeps nobody from seeing the others. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("How a drill looks could not be shown: {}", failed.getMessage());
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
