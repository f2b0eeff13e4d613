package dev.muster.check;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The longest that a question may take. */
public record Limit(Duration longest) {
    private static final Duration ENDING = Duration.ofSeconds(5);

    /**
     * Asks on a thread of its own.
     *
     * @param end what ends a question that is late or no longer wanted
     */
    public <T> T ask(Callable<T> question, Runnable end)
            throws InterruptedException, TimeoutException, ExecutionException {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "check"));
        try {
            Future<T> answer = thread.submit(question);
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            thread.shutdownNow();
            end.run();
            // Whoever removes the scratch next should find nobody reading in it.
            boolean ignored = thread.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
