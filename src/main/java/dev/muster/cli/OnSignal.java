package dev.muster.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a piece of work in order when the process is asked to end, and lets the process go once it has ended. */
final class OnSignal {
    private static final long GRACE_SECONDS = 60;

    private OnSignal() {}

    /**
     * Does the work while watching for signals.
     *
     * @param stop asks the work to end; it need not wait for it
     */
    static <T> T during(Callable<T> work, Runnable stop) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.run();
            try {
                ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
            // A shutdown under way knows no exit code of ours otherwise.
            Runtime.getRuntime().halt(ExitCode.ABORTED);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
            forget(hook);
        }
    }

    private static void forget(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // The hook ends the process; until then nothing else shall begin.
            hook.join();
        }
    }
}
