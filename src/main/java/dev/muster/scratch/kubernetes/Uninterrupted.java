package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.scratch.kubernetes.Patience.Refused;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Does to its end what a cancel must not cut short: on a thread that nobody interrupts. */
final class Uninterrupted {
    private Uninterrupted() {}

    static <T> T run(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(work.call());
                    } catch (Exception | Error failed) {
                        done.completeExceptionally(failed);
                    }
                },
                "scratch in Kubernetes");
        thread.setDaemon(true);
        thread.start();
        try {
            return done.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Refused refused) {
                throw refused.forGood();
            }
            if (failed.getCause() instanceof CouldNotRun unable) {
                throw unable;
            }
            throw failed;
        }
    }
}
