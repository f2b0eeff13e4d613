package dev.muster.backup.bucket;

import dev.muster.drill.CouldNotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that wait for a vault in the caller's stead: a socket does not notice an interrupt, whoever waits for one of
 * these does at once.
 */
public final class Workers implements AutoCloseable {
    public static final int COUNT = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT, task -> {
        Thread thread = new Thread(task, "vault");
        // One that still waits for a dead vault must not keep the program from ending.
        thread.setDaemon(true);
        return thread;
    });

    public <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    public <T> T run(Callable<T> work) throws InterruptedException {
        try {
            return await(start(work));
        } catch (Unreadable e) {
            throw new IllegalStateException("work on a whole vault reported one object", e);
        }
    }

    public <T> List<T> all(List<Callable<T>> work) throws InterruptedException, Unreadable {
        List<Future<T>> started = new ArrayList<>();
        work.forEach(one -> started.add(start(one)));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : started) {
                results.add(await(one));
            }
            return results;
        } finally {
            started.forEach(one -> one.cancel(true));
        }
    }

    public <T> T await(Future<T> result) throws InterruptedException, Unreadable {
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Unreadable unreadable) {
                throw unreadable;
            }
            if (cause instanceof CouldNotRun couldNotRun) {
                throw couldNotRun;
            }
            throw new IllegalStateException(cause);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
