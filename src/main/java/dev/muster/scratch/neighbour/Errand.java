package dev.muster.scratch.neighbour;

import dev.muster.drill.CouldNotRun;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One program that a neighbour was asked to run, from the asking to its end. */
public final class Errand {
    private static final long TO_DIE_SECONDS = 30;

    private final Neighbour neighbour;
    private final long number;
    private final Path folder;
    private final CompletableFuture<InputStream> output = new CompletableFuture<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private Optional<RandomAccessFile> held = Optional.empty();

    Errand(Neighbour neighbour, long number, Path folder) {
        this.neighbour = neighbour;
        this.number = number;
        this.folder = folder;
    }

    /** What the program writes, to either stream; ends when nothing is left that could write. */
    public InputStream output() {
        return output.join();
    }

    /** Waits for the program's end; that of the whole container is a problem. */
    public int end() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException gone) {
            throw neighbour.gone().map(CouldNotRun::new).orElseThrow(() -> new IllegalStateException(gone));
        }
    }

    /** How it ended; empty while it runs. Whatever ran in a container that has ended was killed with it. */
    public OptionalInt exit() {
        if (end.isCompletedExceptionally()) {
            return OptionalInt.of(Neighbour.KILLED);
        }
        return end.isDone() ? OptionalInt.of(end.join()) : OptionalInt.empty();
    }

    /** Kills the program with all that it has started; nothing happens when it has ended. */
    public void stop() {
        // It cannot be found before it was started.
        output.join();
        if (end.isDone()) {
            return;
        }
        neighbour.ask("stop " + number);
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TO_DIE_SECONDS);
        // What cannot be killed goes with its container.
        while (!end.isDone() && System.nanoTime() - deadline < 0) {
            try {
                await();
            } catch (InterruptedException cancelled) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() throws InterruptedException {
        try {
            end.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException goneOrNotYet) {
            return;
        }
    }

    /** Listens to the program, which waits for that. */
    synchronized void started() {
        Path fifo = folder.resolve("output");
        try {
            // Whoever opens a FIFO waits for the other end, but not whoever opens both; and as long as both are open
            // here, the output does not end before the program has opened it.
            RandomAccessFile both = new RandomAccessFile(fifo.toFile(), "rw");
            held = Optional.of(both);
            // A file's own stream asks where in the file it is, which a FIFO does not know.
            output.complete(new BufferedInputStream(new FileInputStream(fifo.toFile())));
        } catch (IOException failed) {
            neighbour.ask("stop " + number);
            output.complete(InputStream.nullInputStream());
        }
    }

    void ended(int code) {
        let();
        end.complete(code);
        forget();
    }

    /** The container is gone, and the program with it. */
    void lost(RuntimeException why) {
        let();
        end.completeExceptionally(why);
    }

    private synchronized void let() {
        output.complete(InputStream.nullInputStream());
        try {
            if (held.isPresent()) {
                held.get().close();
            }
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(folder.resolve("output"));
            Files.deleteIfExists(folder.resolve("script"));
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // It goes with the scratch.
            return;
        }
    }
}
