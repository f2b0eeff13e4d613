package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Gives a recovering server its archived log: fetched and decompressed ahead of it, several files at once, each taken
 * over by a rename. A file that is surely not in the archive and one that cannot be had are told apart.
 */
final class LogFeed implements AutoCloseable {
    private static final int AHEAD = 32;
    private static final int MOST_FETCHERS = 8;
    private static final int LOOK_EVERY_MILLISECONDS = 5;
    private static final int LONGEST_FETCH_SECONDS = 10;
    private static final int SEGMENT_NAME = 24;
    private static final String FOLDER = "log";

    /**
     * PostgreSQL takes every exit code up to 125 for the end of the archive and is content with it. Only an absence
     * that is known may be told that way; whatever else goes wrong has to stop the recovery.
     */
    private static final String SCRIPT = """
            log=../data/log
            [ -f "$log/$1" ] || : > "$log/$1.wanted" || exit 200
            while :; do
              if [ -f "$log/$1" ]; then
                mv -f "$log/$1" "$2" || exit 200
                rm -f "$log/$1.wanted"
                exit 0
              fi
              [ -f "$log/$1.absent" ] && exit 1
              [ -f "$log/$1.failed" ] && exit 200
              [ -f "$log/open" ] || exit 200
              sleep 0.02
            done
            """;

    /** The server's working folder is its data folder. */
    static final String COMMAND = "sh ../data/log/restore \"%f\" \"%p\"";

    private final Job job;
    private final LogDelivery delivery;
    private final Path folder;
    private final Map<String, StoredObject> files = new TreeMap<>();
    private final List<String> order = new ArrayList<>();
    private final Set<String> coming = ConcurrentHashMap.newKeySet();
    private final Map<String, Problem> failures = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unable = new ConcurrentHashMap<>();
    private final List<ObjectRead> reads = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService fetchers;
    private final ScheduledExecutorService watch;
    private final ScheduledFuture<?> tending;
    private int next;

    LogFeed(Job job, RecoveryLog log, LogDelivery delivery) throws IOException {
        this.job = job;
        this.delivery = delivery;
        this.folder = job.scratch().folder(FOLDER);
        log.segments().forEach(segment -> {
            files.put(LogDelivery.name(segment), segment);
            order.add(LogDelivery.name(segment));
        });
        log.histories().forEach(history -> files.put(LogDelivery.name(history), history));
        Files.writeString(folder.resolve("restore"), SCRIPT);
        Files.writeString(folder.resolve("open"), "");
        job.scratch().handOver(folder.resolve("restore"));
        this.fetchers = Executors.newFixedThreadPool(
                Math.min(MOST_FETCHERS, 2 * Runtime.getRuntime().availableProcessors()), LogFeed::thread);
        this.watch = Executors.newSingleThreadScheduledExecutor(LogFeed::thread);
        this.tending = watch.scheduleWithFixedDelay(this::tend, 0, LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** Every object that was read, whether the server wanted it or not. */
    List<ObjectRead> reads() {
        synchronized (reads) {
            return List.copyOf(reads);
        }
    }

    /** Throws what kept the server from a file that it asked for. */
    void demandNoFailure() throws BadBackup {
        for (String name : failures.keySet().stream().sorted().toList()) {
            Problem problem = failures.get(name);
            if (problem != null && Files.exists(folder.resolve(name + ".wanted"))) {
                if (unable.containsKey(name)) {
                    throw new CouldNotRun(problem);
                }
                throw new BadBackup(problem);
            }
        }
    }

    @Override
    public void close() {
        tending.cancel(true);
        watch.shutdownNow();
        fetchers.shutdownNow();
        try {
            // One that decompresses does not notice, and must not write into a scratch that goes.
            fetchers.awaitTermination(LONGEST_FETCH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Files.deleteIfExists(folder.resolve("open"));
        } catch (IOException e) {
            // The scratch goes, and with it whoever looks for this file.
            return;
        }
    }

    private void tend() {
        try {
            List<String> there;
            try (Stream<Path> entries = Files.list(folder)) {
                there = entries.map(entry -> entry.getFileName().toString()).toList();
            }
            for (String request : there) {
                if (request.endsWith(".wanted")) {
                    answer(request.substring(0, request.length() - ".wanted".length()));
                }
            }
            long ready =
                    there.stream().filter(name -> name.length() == SEGMENT_NAME).count();
            while (next < order.size() && ready + coming.size() < AHEAD) {
                fetchUnlessThere(order.get(next));
                next++;
            }
        } catch (IOException e) {
            // The folder is gone only when the scratch is, and then nobody waits any more.
            return;
        }
    }

    private void answer(String name) throws IOException {
        if (!files.containsKey(name)) {
            Files.writeString(folder.resolve(name + ".absent"), "");
            Files.deleteIfExists(folder.resolve(name + ".wanted"));
        } else if (!failures.containsKey(name) && fetchUnlessThere(name)) {
            int at = order.indexOf(name);
            next = at < 0 ? next : at + 1;
        }
    }

    private boolean fetchUnlessThere(String name) {
        // In this order: what is no longer coming is there.
        if (!coming.add(name)) {
            return false;
        }
        if (Files.exists(folder.resolve(name))) {
            coming.remove(name);
            return false;
        }
        fetchers.execute(() -> fetch(name));
        return true;
    }

    private void fetch(String name) {
        StoredObject listed = Optional.ofNullable(files.get(name)).orElseThrow();
        try {
            reads.addAll(delivery.bring(listed, folder.resolve(name)));
            int done = reads.size();
            job.progress().advances("fetch log", Math.min(done, order.size()), order.size(), Progress.Unit.ITEMS);
        } catch (BadBackup e) {
            failed(name, e.problem());
        } catch (CouldNotRun e) {
            unable.put(name, true);
            failed(name, e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            coming.remove(name);
        }
    }

    private void failed(String name, Problem problem) {
        failures.put(name, problem);
        try {
            Files.write(folder.resolve(name + ".failed"), "".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Then the server waits until the drill's deadline; the problem above is told all the same.
            return;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "log");
        thread.setDaemon(true);
        return thread;
    }
}
