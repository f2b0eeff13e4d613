package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run of a program, from its start to its end, with what it writes. */
final class Execution implements Running {
    private static final int KEPT_LINES = 100;
    private static final int LONGEST_LINE = 8192;
    private static final long LAST_WORDS_SECONDS = 2;

    private final Process process;
    private final Consumer<String> onLine;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Void> output = new CompletableFuture<>();

    private Execution(Process process, Consumer<String> onLine) {
        this.process = process;
        this.onLine = onLine;
    }

    /** Starts the program; it runs until it ends by itself or is stopped. */
    static Execution start(ProcessBuilder builder, Consumer<String> onLine) {
        try {
            Execution started = new Execution(builder.start(), onLine);
            Thread reader = new Thread(started::read, "output of process " + started.process.pid());
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A program could not be started: " + failed.getMessage(),
                            String.join(" ", builder.command()),
                            "See whether this machine has run out of processes or memory."),
                    failed);
        }
    }

    /** Waits for the program's end; an interrupt ends it. */
    Finished finish() throws InterruptedException {
        try {
            int exit = process.waitFor();
            // A server that the program has left running may hold its output open for ever.
            output.get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            return finished(exit);
        } catch (TimeoutException leftOpen) {
            return finished(process.exitValue());
        } catch (ExecutionException listenerFailed) {
            throw new IllegalStateException("the listener to a program's output failed", listenerFailed.getCause());
        } finally {
            stop();
        }
    }

    @Override
    public OptionalInt exit() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    @Override
    public List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    private Finished finished(int exit) {
        return new Finished(exit, lastLines());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
                hear(line.get());
            }
            output.complete(null);
        } catch (IOException closed) {
            output.complete(null);
        } catch (RuntimeException listenerFailed) {
            output.completeExceptionally(listenerFailed);
            stop();
        }
    }

    private void hear(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
        onLine.accept(line);
    }

    /** The next line, cut when it is absurdly long; empty at the end. */
    private static Optional<String> line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = reader.read()) {
            if (line.length() < LONGEST_LINE && next != '\r') {
                line.append((char) next);
            }
        }
        return Optional.of(line.toString());
    }

    @Override
    public void stop() {
        while (process.isAlive()) {
            // The parent first: it must not go on with its next command when a child is gone.
            List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        }
    }
}
